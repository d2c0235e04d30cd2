package dev.appenv.api;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** One Git branch as a running application on AWS infrastructure of its own. */
@Group("appenv.dev")
@Version("v1alpha1")
@ShortNames("appenv")
public class AppEnvironment extends CustomResource<AppEnvironmentSpec, AppEnvironmentStatus>
    implements Namespaced {}
