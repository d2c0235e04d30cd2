package dev.appenv.api;

import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;

/** How an AWS account is reached, and who may use it. Cluster-scoped. */
@Group("appenv.dev")
@Version("v1alpha1")
public class AwsAccount extends CustomResource<AwsAccountSpec, AwsAccountStatus> {}
