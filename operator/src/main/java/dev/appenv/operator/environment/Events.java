package dev.appenv.operator.environment;

import dev.appenv.api.AppEnvironment;
import dev.appenv.api.ConditionStatus;
import dev.appenv.api.DriftStatus;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Kubernetes Events for what changed between two reports and a user would want to know. */
final class Events {
  private static final Logger log = LoggerFactory.getLogger(Events.class);
  private static final int MAX_NOTE = 1000;

  private final KubernetesClient client;

  Events(KubernetesClient client) {
    this.client = client;
  }

  /**
   * @param about the resource or condition it is about
   */
  record Event(boolean warning, String reason, String about, String message) {}

  /** What is worth telling. Pure. */
  static List<Event> between(Report before, Report after) {
    var events = new ArrayList<Event>();
    for (var drift : after.drift())
      if (find(before.drift(), drift) == null)
        events.add(
            new Event(
                true,
                "DriftDetected",
                drift.resource(),
                "%s %s: wanted %s, is %s (%s); %s"
                    .formatted(
                        drift.resource(),
                        drift.field(),
                        drift.desired(),
                        drift.live(),
                        drift.driftClass(),
                        Objects.equals(drift.action(), "Repairing")
                            ? "repairing"
                            : "only reported")));
    for (var drift : before.drift())
      if (find(after.drift(), drift) == null)
        events.add(
            new Event(
                false,
                "DriftGone",
                drift.resource(),
                "%s %s is %s again".formatted(drift.resource(), drift.field(), drift.desired())));
    var release = after.release();
    var earlier = before.release();
    if (release != null && (earlier == null || !earlier.commit().equals(release.commit())))
      events.add(
          new Event(
              false,
              "Released",
              "release",
              "Commit " + ReleaseViews.shortened(release.commit()) + " runs"));
    for (var condition : after.conditions()) {
      if (!isNew(condition, before.conditions())) continue;
      var isTrue = condition.status().equals(Verdict.TRUE);
      if (condition.type().equals(Conditions.READY) && isTrue)
        events.add(new Event(false, "Ready", condition.type(), condition.message()));
      if (condition.type().equals(Conditions.STALLED) && isTrue)
        events.add(new Event(true, condition.reason(), condition.type(), condition.message()));
    }
    return events;
  }

  private static @Nullable DriftStatus find(List<DriftStatus> all, DriftStatus drift) {
    return all.stream()
        .filter(d -> d.resource().equals(drift.resource()) && d.field().equals(drift.field()))
        .findFirst()
        .orElse(null);
  }

  private static boolean isNew(ConditionStatus condition, List<ConditionStatus> before) {
    return before.stream()
        .noneMatch(c ->
            c.type().equals(condition.type())
                && Set.of(c.status(), c.reason())
                    .containsAll(Set.of(condition.status(), condition.reason())));
  }

  /** Told as well as can be: an Event that cannot be stored holds nothing up. */
  void tell(AppEnvironment environment, List<Event> events) {
    for (var event : events) {
      log.atLevel(event.warning() ? Level.WARN : Level.INFO)
          .addKeyValue("reason", event.reason())
          .addKeyValue("resource", event.about())
          .log(event.message());
      try {
        client
            .v1()
            .events()
            .inNamespace(namespace(environment))
            .resource(of(environment, event))
            .create();
      } catch (KubernetesClientException e) {
        log.atWarn()
            .addKeyValue("reason", event.reason())
            .log("event could not be stored: {}", e.getMessage());
      }
    }
  }

  private static String namespace(AppEnvironment environment) {
    return environment.getMetadata().getNamespace();
  }

  private static io.fabric8.kubernetes.api.model.Event of(AppEnvironment environment, Event event) {
    var metadata = environment.getMetadata();
    var now = Instant.now();
    return new EventBuilder()
        .withNewMetadata()
        .withGenerateName(metadata.getName() + "-")
        .withNamespace(metadata.getNamespace())
        .endMetadata()
        .withInvolvedObject(
            new ObjectReferenceBuilder()
                .withApiVersion(environment.getApiVersion())
                .withKind(environment.getKind())
                .withNamespace(metadata.getNamespace())
                .withName(metadata.getName())
                .withUid(metadata.getUid())
                .build())
        .withType(event.warning() ? "Warning" : "Normal")
        .withReason(event.reason())
        .withMessage(
            event.message().length() <= MAX_NOTE
                ? event.message()
                : event.message().substring(0, MAX_NOTE))
        .withFirstTimestamp(now.toString())
        .withLastTimestamp(now.toString())
        .withEventTime(new MicroTime(now.toString().replaceAll("(\\.\\d{6})\\d*Z|Z$", "$1Z")))
        .withCount(1)
        .withAction(event.reason())
        .withReportingComponent("appenv")
        .withReportingInstance("appenv")
        .withNewSource()
        .withComponent("appenv")
        .endSource()
        .build();
  }
}
