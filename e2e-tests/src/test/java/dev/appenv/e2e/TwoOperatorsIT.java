package dev.appenv.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.e2e.bed.TestBed;
import dev.appenv.e2e.bed.TestBedExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** As when a node that was cut off still runs its operator while the next one has begun. */
@ExtendWith(TestBedExtension.class)
class TwoOperatorsIT {
  private final TestBed bed;

  TwoOperatorsIT(TestBed bed) {
    this.bed = bed;
  }

  @Test
  void two_at_once_make_nothing_twice_and_leave_nothing_behind() {
    bed.untilDeletionsEnd();
    var before = bed.aws().inventory();
    var other = bed.anotherOperator();
    other.launch();
    try {
      var shop = bed.environment("two").create();
      shop.untilReady();
      var made = bed.aws().inventory().without(before);
      assertThat(made.duplicates()).isEmpty();
      assertThat(made.ids()).containsAll(shop.ids().values());
      assertThat(made.of(shop)).as("nothing without an owner").isEqualTo(made);
      shop.delete();
      shop.untilGone();
    } finally {
      other.kill();
    }
    assertThat(bed.aws().inventory().without(before).ids()).isEmpty();
  }
}
