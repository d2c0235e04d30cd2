package dev.appenv.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;

/** How an AWS account is reached, and who may use it. Cluster-scoped. */
@Group("appenv.dev")
@Version("v1alpha1")
@JsonClassDescription(
    "An AWS account: how it is reached, and whose environments may be in it. Cluster-scoped, so"
        + " that only those who run the cluster decide.")
@AdditionalPrinterColumn(
    name = "ACCOUNT",
    jsonPath = ".status.accountId",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "READY",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "ROOM",
    jsonPath = ".status.room",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "AGE",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
public class AwsAccount extends CustomResource<AwsAccountSpec, AwsAccountStatus> {}
