package dev.appenv.e2e.drift;

import dev.appenv.operator.aws.hand.Hand;
import dev.appenv.operator.aws.hand.Hand.Done;
import dev.appenv.operator.aws.hand.Promises;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The order of what is done in one environment: at once what does not hide each other. */
final class Waves {
  /** Status names forty differences, and some bring others about. */
  private static final int AT_ONCE = 32;

  private static final int FIELDS = 0;

  /** What makes others stand still, or changes a field for the second time. */
  private static final int DISTURBANCES = 1;

  private static final Set<String> DISTURBING = Set.of("state", "attachment");

  private static final int WHOLE_RESOURCES = 2;

  /** All others go along with it. */
  private static final int WHOLE_NETWORK = 3;

  private static final int TRIES = 3;

  private final TreeMap<Integer, List<Done>> waves = new TreeMap<>();
  private final Map<Done, Integer> tries = new HashMap<>();
  private int present;

  Waves(List<? extends Done> hands) {
    var fields = new HashSet<String>();
    for (var hand : hands) add(wave(hand, fields.add(hand.toString())), hand);
  }

  private static int wave(Hand hand, boolean isFirst) {
    if (Promises.of(hand).field() == null)
      return hand.resource().equals("network.vpc") ? WHOLE_NETWORK : WHOLE_RESOURCES;
    return isFirst && !DISTURBING.contains(hand.field()) ? FIELDS : DISTURBANCES;
  }

  private void add(int wave, Done hand) {
    waves.computeIfAbsent(wave, _ -> new ArrayList<>()).add(hand);
  }

  boolean isEmpty() {
    return waves.isEmpty();
  }

  /** None when all is done. */
  List<Done> next() {
    if (isEmpty()) return List.of();
    present = waves.firstKey();
    var hands = waves.firstEntry().getValue();
    var now = List.copyOf(hands.subList(0, Math.min(AT_ONCE, hands.size())));
    hands.subList(0, now.size()).clear();
    if (hands.isEmpty()) waves.remove(present);
    return now;
  }

  /**
   * What AWS refuses, since what it is about went along with something else, is tried again.
   *
   * @return false when it was tried often enough
   */
  boolean again(Done hand) {
    if (tries.merge(hand, 1, Integer::sum) == TRIES) return false;
    add(present + 1, hand);
    return true;
  }
}
