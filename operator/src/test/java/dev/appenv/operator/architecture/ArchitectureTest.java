package dev.appenv.operator.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;

/** Which way the arrows point. */
@AnalyzeClasses(
    packages = "dev.appenv",
    importOptions = {
      ImportOption.DoNotIncludeTests.class,
    })
class ArchitectureTest {
  private static final String OPERATOR = "dev.appenv.operator..";
  private static final String PLAN = "dev.appenv.operator.plan..";
  private static final String ENVIRONMENT = "dev.appenv.operator.environment..";
  private static final String AWS = "dev.appenv.operator.aws..";
  private static final String GIT = "dev.appenv.operator.git..";
  private static final String RELEASE = "dev.appenv.operator.release..";
  private static final String REGISTRY = "dev.appenv.operator.registry..";
  private static final String RUNTIME = "dev.appenv.operator.runtime..";
  private static final String AWS_SDK = "software.amazon.awssdk..";
  private static final String[] KUBERNETES = {"io.fabric8..", "io.javaoperatorsdk.."};

  @ArchTest
  static final ArchRule plan_is_pure =
      noClasses()
          .that()
          .resideInAPackage(PLAN)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              AWS_SDK, "io.fabric8..", "io.javaoperatorsdk..", "java.net..", "java.nio.file..");

  @ArchTest
  static final ArchRule plan_knows_no_other_part_of_the_operator =
      noClasses()
          .that()
          .resideInAPackage(PLAN)
          .should()
          .dependOnClassesThat(resideInAPackage(OPERATOR).and(not(resideInAPackage(PLAN))));

  @ArchTest
  static final ArchRule plan_has_no_clock =
      noClasses()
          .that()
          .resideInAPackage(PLAN)
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(InstantSource.class);

  @ArchTest
  static final ArchRule nouns_do_not_know_each_other =
      slices().assignedFrom(new Nouns()).should().notDependOnEachOther();

  /** The packages of {@code aws} that hold types of resources. */
  private static final class Nouns implements SliceAssignment {
    private static final Set<String> SHARED = Set.of("call", "iam", "resource", "sweep");

    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      var parts = type.getPackageName().split("\\.", -1);
      return parts.length > 4 && parts[3].equals("aws") && !SHARED.contains(parts[4])
          ? SliceIdentifier.of(parts[4])
          : SliceIdentifier.ignore();
    }

    @Override
    public String getDescription() {
      return "nouns";
    }
  }

  @ArchTest
  static final ArchRule environment_knows_the_port_and_not_aws =
      noClasses()
          .that()
          .resideInAPackage(ENVIRONMENT)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(AWS);

  @ArchTest
  static final ArchRule aws_does_not_know_the_reconciler =
      noClasses()
          .that()
          .resideInAPackage(AWS)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ENVIRONMENT);

  @ArchTest
  static final ArchRule only_aws_uses_the_sdk =
      noClasses()
          .that()
          .resideOutsideOfPackages(AWS, RUNTIME)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(AWS_SDK);

  @ArchTest
  static final ArchRule git_stands_alone =
      noClasses()
          .that()
          .resideInAPackage(GIT)
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(AWS_SDK)
                  .or(resideInAnyPackage(KUBERNETES))
                  .or(resideInAnyPackage(AWS, ENVIRONMENT, RELEASE, RUNTIME)));

  @ArchTest
  static final ArchRule release_knows_neither_aws_nor_kubernetes_nor_git =
      noClasses()
          .that()
          .resideInAPackage(RELEASE)
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(AWS_SDK)
                  .or(resideInAnyPackage(KUBERNETES))
                  .or(resideInAnyPackage(AWS, ENVIRONMENT, GIT, REGISTRY, RUNTIME)));

  @ArchTest
  static final ArchRule registry_knows_neither_aws_nor_kubernetes_nor_git =
      noClasses()
          .that()
          .resideInAPackage(REGISTRY)
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(AWS_SDK)
                  .or(resideInAnyPackage(KUBERNETES))
                  .or(resideInAnyPackage(AWS, ENVIRONMENT, GIT, RUNTIME)));

  @ArchTest
  static final ArchRule runtime_is_used_by_none =
      noClasses()
          .that()
          .resideOutsideOfPackage(RUNTIME)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(RUNTIME);

  @ArchTest
  static final ArchRule packages_have_no_cycles =
      slices().matching("dev.appenv.operator.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule classes_are_named_for_what_they_are =
      noClasses()
          .should()
          .haveSimpleNameEndingWith("Utils")
          .orShould()
          .haveSimpleNameEndingWith("Util")
          .orShould()
          .haveSimpleNameEndingWith("Helper");
}
