package dev.appenv.operator.aws.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.operator.aws.call.OwnerTags;
import dev.appenv.operator.aws.memory.World;
import dev.appenv.operator.aws.resource.Creation;
import dev.appenv.operator.plan.Intent;
import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Owner;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BucketTypeTest {
  private static final LogicalName NAME = LogicalName.of("storage.bucket");

  private final World world = new World();
  private final BucketType type = new BucketType();

  private static Owner owner(String name) {
    return new Owner("cluster-1", "uid-1", "shop", name);
  }

  private String name(Owner owner) {
    return Objects.requireNonNull(type.id(owner, NAME, null));
  }

  private String create(Owner owner, String region) {
    return type.create(
        world.in("dev", region),
        new BucketType.Desired(NAME, region, true, 30, List.of(), Map.of()),
        new Creation(
            owner,
            Intent.begin(owner, NAME, Instant.EPOCH).under(name(owner)),
            OwnerTags.of(owner, NAME),
            name -> null,
            (part, secret) -> {}));
  }

  /** The oldest region refuses to hear its own name, the others want theirs. */
  @ParameterizedTest
  @ValueSource(strings = {"us-east-1", "eu-central-1"})
  void is_made_in_every_region_by_one_call_with_its_tags(String region) {
    var id = create(owner("main"), region);
    assertThat(world.wire().changes()).containsExactly("CreateBucket");
    var found = type.find(world.in("dev", region), id).orElseThrow();
    assertThat(found.tags()).isEqualTo(OwnerTags.of(owner("main"), NAME));
    assertThat(type.isListed(world.in("dev", region), id)).isTrue();
  }

  @Test
  void one_that_is_not_there_is_absent_in_both_ways() {
    var aws = world.in("dev", "eu-central-1");
    assertThat(type.find(aws, "none")).isEmpty();
    assertThat(type.isListed(aws, "none")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "shop-main, shop-main-",
    "Shop.Main, shop-main-",
    "xn--shop, xn-shop-",
    "sthree-shop, app-sthree-shop-",
    "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeee-ffffff, aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeee-"
  })
  void a_name_is_one_that_s3_takes_and_says_whose_it_is(String environment, String stem) {
    var name = name(owner(environment));
    assertThat(name).startsWith(stem).matches("[a-z0-9][a-z0-9-]{1,61}[0-9a-f]");
    assertThat(name.substring(stem.length())).matches("[0-9a-f]{12}");
    assertThat(BucketName.isOfName(owner(environment), name)).isTrue();
  }

  @Test
  void another_environment_of_the_same_name_has_another_bucket() {
    var again = new Owner("cluster-1", "uid-2", "shop", "main");
    assertThat(name(again)).isNotEqualTo(name(owner("main")));
  }

  @Test
  void of_those_that_were_left_behind_only_the_own_is_found() {
    var aws = world.in("dev", "eu-central-1");
    var mine = create(owner("main"), "eu-central-1");
    type.disown(aws, owner("main"), NAME, type.find(aws, mine).orElseThrow());
    var theirs = new Owner("cluster-2", "uid-9", "shop", "main");
    var other = create(theirs, "eu-central-1");
    type.disown(aws, theirs, NAME, type.find(aws, other).orElseThrow());
    create(owner("main-2"), "eu-central-1");
    assertThat(type.retained(aws, new Owner("cluster-1", "uid-2", "shop", "main"), NAME))
        .containsExactly(mine);
  }
}
