package dev.appenv.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** One Git branch as a running application on AWS infrastructure of its own. */
@Group("appenv.dev")
@Version("v1alpha1")
@ShortNames("appenv")
@JsonClassDescription(
    "One Git branch as a running application on AWS infrastructure of its own: a network and a"
        + " machine that runs the branch's compose file. What is changed by hand is found, reported"
        + " and repaired. Deleting the object deletes what it owns.")
@AdditionalPrinterColumn(
    name = "BRANCH",
    jsonPath = ".spec.source.branch",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "READY",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "DRIFT",
    jsonPath = ".status.driftSummary",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "REVISION",
    jsonPath = ".status.revision",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "URL",
    jsonPath = ".status.url",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "AGE",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
@ValidationRule(
    value = "size(self.metadata.name) <= " + AppEnvironment.MAX_NAME,
    message =
        "metadata.name must be no longer than "
            + AppEnvironment.MAX_NAME
            + " characters: it becomes part of names in AWS")
public class AppEnvironment extends CustomResource<AppEnvironmentSpec, AppEnvironmentStatus>
    implements Namespaced {
  /** AWS allows 63 or 64 characters in most names, and ours get a suffix. */
  public static final int MAX_NAME = 50;
}
