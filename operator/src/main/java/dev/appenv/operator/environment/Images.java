package dev.appenv.operator.environment;

import dev.appenv.api.AppEnvironment;
import dev.appenv.operator.registry.Lookup;
import dev.appenv.operator.registry.Registry;
import dev.appenv.operator.release.Hashes;
import dev.appenv.operator.release.RegistryCredentials;
import dev.appenv.operator.release.RegistryCredentials.Login;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;

/**
 * What registries say of the images of environments, asked in the background at the poll interval.
 * Environments that have an image and its login in common share the answers.
 */
final class Images implements AutoCloseable {
  /**
   * Up to which part of the interval it is asked earlier, so that questions do not come at once.
   */
  private static final int JITTER = 10;

  /**
   * What is known now.
   *
   * @param answers by image; none for one whose answer is not there yet
   * @param problem that keeps all from being asked
   */
  record Reading(Map<String, Lookup> answers, Optional<Problem> problem) {
    static final Reading NOT_YET = new Reading(Map.of(), Optional.empty());
  }

  /** What a reading depended on: another spec needs another reading. */
  private record Access(long generation, Secrets.Answer<RegistryCredentials> credentials) {}

  private final Registry registry;
  private final Secrets secrets;
  private final Background<Access> access;
  private final Background<Lookup> lookups;
  private final Consumer<String> wake;

  /** The keys of the images that an environment asked for last, and the other way round. */
  private final Map<String, Set<String>> asked = new HashMap<>();

  private final Map<String, Set<String>> askers = new HashMap<>();

  /**
   * @param wake told the UID of an environment for whose images there is another answer
   */
  Images(
      Registry registry,
      Secrets secrets,
      ExecutorService threads,
      InstantSource clock,
      Consumer<String> wake) {
    this.registry = registry;
    this.secrets = secrets;
    this.wake = wake;
    this.access = new Background<>(threads, clock, wake);
    this.lookups = new Background<>(threads, clock, this::wakeAskers);
  }

  /** The last answers; what is due is asked anew. */
  Reading of(AppEnvironment environment, Set<String> images) {
    var poll = Sources.pollInterval(environment);
    return access(environment, poll)
        .map(credentials ->
            switch (credentials) {
              case Secrets.Answer.Missing<RegistryCredentials>(var problem) ->
                  new Reading(Map.of(), Optional.of(problem));
              case Secrets.Answer.Here<RegistryCredentials>(var logins) ->
                  ask(environment.getMetadata().getUid(), images, logins, poll);
            })
        .orElse(Reading.NOT_YET);
  }

  private Optional<Secrets.Answer<RegistryCredentials>> access(
      AppEnvironment environment, Duration poll) {
    var uid = environment.getMetadata().getUid();
    var generation = environment.getMetadata().getGeneration();
    if (access.last(uid).filter(last -> last.generation() != generation).isPresent())
      access.expire(uid);
    access.refresh(uid, poll, () -> new Access(generation, PullSecret.read(secrets, environment)));
    return access
        .last(uid)
        .filter(last -> last.generation() == generation)
        .map(Access::credentials);
  }

  private Reading ask(String uid, Set<String> images, RegistryCredentials logins, Duration poll) {
    var keys = new TreeMap<String, String>();
    for (var image : images) keys.put(image, key(image, logins.of(image)));
    watch(uid, Set.copyOf(keys.values()));
    var answers = new TreeMap<String, Lookup>();
    keys.forEach((image, key) -> {
      lookups.refresh(key, earlier(poll, key), () -> lookup(key, image, logins.of(image)));
      lookups.last(key).ifPresent(answer -> answers.put(image, answer));
    });
    return new Reading(answers, Optional.empty());
  }

  /** While a registry cannot be asked, what it said last is the best that is known. */
  private Lookup lookup(String key, String image, Optional<Login> login) {
    var answer = registry.resolve(image, login);
    return answer instanceof Lookup.Unreachable
        ? lookups.last(key).filter(Lookup.Found.class::isInstance).orElse(answer)
        : answer;
  }

  private static Duration earlier(Duration poll, String key) {
    return poll.minusMillis(Math.floorMod(key.hashCode(), poll.toMillis() / JITTER + 1));
  }

  /** Of two that may see different things none gets the other's answer. */
  private static String key(String image, Optional<Login> login) {
    return login
        .map(l -> image + " " + Hashes.sha256(l.username() + "\n" + l.password()))
        .orElse(image);
  }

  private synchronized void watch(String uid, Set<String> keys) {
    var before = keys.isEmpty() ? asked.remove(uid) : asked.put(uid, keys);
    if (keys.equals(before)) return;
    for (var key : keys) askers.computeIfAbsent(key, _ -> new HashSet<>()).add(uid);
    if (before == null) return;
    for (var key : before)
      if (!keys.contains(key)) {
        var others = askers.getOrDefault(key, Set.of());
        others.remove(uid);
        if (others.isEmpty()) {
          askers.remove(key);
          lookups.forget(key);
        }
      }
  }

  private void wakeAskers(String key) {
    Set<String> uids;
    synchronized (this) {
      uids = Set.copyOf(askers.getOrDefault(key, Set.of()));
    }
    uids.forEach(wake);
  }

  /** The next who asks begins anew. */
  void refresh(String uid) {
    access.expire(uid);
    Set<String> keys;
    synchronized (this) {
      keys = asked.getOrDefault(uid, Set.of());
    }
    keys.forEach(lookups::expire);
  }

  void forget(String uid) {
    access.forget(uid);
    watch(uid, Set.of());
  }

  @Override
  public void close() {
    access.close();
    lookups.close();
  }
}
