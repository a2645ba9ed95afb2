package io.clickpy.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaModifier.PROTECTED;
import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;
import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** The rules of the house; {@code docs/architecture.md} tells why. */
@AnalyzeClasses(packages = "io.clickpy", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final List<String> FOREIGN =
      List.of(
          "com.clickhouse.",
          "org.apache.",
          "com.google.cloud.",
          "com.sun.jna.",
          "com.fasterxml.jackson.",
          "com.github.benmanes.caffeine.",
          "io.micrometer.",
          "io.opentelemetry.");

  /** The packages named after a library, whose types they show. */
  private static final Set<String> ADAPTERS =
      Set.of(
          "io.clickpy.core.micrometer",
          "io.clickpy.core.opentelemetry",
          "io.clickpy.ingest.bigquery",
          "io.clickpy.ingest.gcs");

  /** The libraries that a user may leave out, and the package that uses them. */
  private static final Map<String, String> OPTIONAL =
      Map.of(
          "io.micrometer.", "io.clickpy.core.micrometer",
          "io.opentelemetry.", "io.clickpy.core.opentelemetry",
          "com.google.cloud.bigquery", "io.clickpy.ingest.bigquery",
          "com.google.cloud.storage", "io.clickpy.ingest.gcs",
          "com.fasterxml.jackson.", "io.clickpy.query.export",
          "com.github.benmanes.caffeine.", "io.clickpy.query.cache");

  @ArchTest static final ArchRule embeddedStandsAlone = moduleUses("embedded");
  @ArchTest static final ArchRule coreStandsAlone = moduleUses("core");
  @ArchTest static final ArchRule querySeesCore = moduleUses("query", "core");
  @ArchTest static final ArchRule ingestSeesCore = moduleUses("ingest", "core");

  @ArchTest
  static final ArchRule theSchemaDoesNotKnowItsMigrations =
      noClasses()
          .that()
          .resideInAnyPackage("io.clickpy.core", "io.clickpy.core.schema..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.clickpy.core.migrate..");

  @ArchTest
  static final ArchRule anInternalPackageIsUsedByItsOwnModuleAlone =
      classes()
          .that()
          .resideInAPackage("..internal..")
          .should(
              new ArchCondition<>("be used by their own module") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                  type.getDirectDependenciesToSelf().stream()
                      .filter(use -> !module(use.getOriginClass()).equals(module(type)))
                      .forEach(use -> events.add(violated(use, use.getDescription())));
                }
              });

  @ArchTest
  static final ArchRule aLibraryThatMayBeLeftOutIsUsedByOnePackageAlone =
      classes()
          .should(
              new ArchCondition<>("use an optional library in the package that says so only") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                  type.getDirectDependenciesFromSelf().stream()
                      .filter(use -> isOptionalElsewhere(type, use.getTargetClass()))
                      .forEach(use -> events.add(violated(use, use.getDescription())));
                }
              });

  @ArchTest
  static final ArchRule noPublicMethodNamesAForeignType =
      codeUnits()
          .that(describe("are API", (JavaCodeUnit unit) -> isApi(unit)))
          .should(
              new ArchCondition<>("name no type of a library that we hide") {
                @Override
                public void check(JavaCodeUnit unit, ConditionEvents events) {
                  Stream.concat(
                          unit.getAllInvolvedRawTypes().stream(), unit.getExceptionTypes().stream())
                      .filter(ArchitectureTest::isForeign)
                      .forEach(type -> events.add(violated(unit, unit + " names " + type)));
                }
              });

  @ArchTest
  static final ArchRule noPublicFieldHasAForeignType =
      fields()
          .that(describe("are API", (JavaField field) -> isApi(field)))
          .should(
              new ArchCondition<>("have no type of a library that we hide") {
                @Override
                public void check(JavaField field, ConditionEvents events) {
                  if (isForeign(field.getRawType())) {
                    events.add(violated(field, field.getDescription()));
                  }
                }
              });

  @ArchTest
  static final ArchRule noPublicTypeExtendsAForeignOne =
      classes()
          .that(describe("are API", (JavaClass type) -> isApi(type)))
          .should(
              new ArchCondition<>("extend no type of a library that we hide") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                  type.getAllRawSuperclasses().stream()
                      .filter(ArchitectureTest::isForeign)
                      .forEach(parent -> events.add(violated(type, type + " extends " + parent)));
                  type.getAllRawInterfaces().stream()
                      .filter(ArchitectureTest::isForeign)
                      .forEach(parent -> events.add(violated(type, type + " is a " + parent)));
                }
              });

  @ArchTest
  static final ArchRule everyPackageSaysWhatMayBeNull =
      classes()
          .should(
              new ArchCondition<>("reside in a @NullMarked package") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                  if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                    events.add(violated(type, type.getPackageName() + " is not @NullMarked"));
                  }
                }
              });

  @ArchTest
  static final ArchRule thePrintStreamIsForProgramsAlone =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.clickpy.examples..", "io.clickpy.benchmarks..")
          .and()
          // The child process that hosts the engine talks to its parent that way.
          .resideOutsideOfPackage("io.clickpy.embedded..")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");

  private static ArchRule moduleUses(String module, String... others) {
    List<String> allowed = new ArrayList<>(List.of(others));
    allowed.add(module);
    return classes()
        .that()
        .resideInAPackage("io.clickpy." + module + "..")
        .should(
            new ArchCondition<>("use of our modules only " + allowed) {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                type.getDirectDependenciesFromSelf().stream()
                    .filter(use -> use.getTargetClass().getPackageName().startsWith("io.clickpy."))
                    .filter(use -> !allowed.contains(module(use.getTargetClass())))
                    .forEach(use -> events.add(violated(use, use.getDescription())));
              }
            });
  }

  private static String module(JavaClass type) {
    String inner = type.getPackageName().substring("io.clickpy.".length());
    int dot = inner.indexOf('.');
    return dot < 0 ? inner : inner.substring(0, dot);
  }

  private static boolean isApi(JavaMember member) {
    return isApi(member.getOwner())
        && (member.getModifiers().contains(PUBLIC) || member.getModifiers().contains(PROTECTED));
  }

  private static boolean isApi(JavaClass type) {
    return type.getModifiers().contains(PUBLIC)
        && !type.getPackageName().contains(".internal")
        && !module(type).equals("examples")
        && !module(type).equals("benchmarks")
        && !ADAPTERS.contains(type.getPackageName())
        && type.getEnclosingClass().map(ArchitectureTest::isApi).orElse(true);
  }

  private static boolean isOptionalElsewhere(JavaClass user, JavaClass used) {
    return OPTIONAL.entrySet().stream()
        .filter(library -> used.getPackageName().startsWith(library.getKey()))
        .anyMatch(library -> !user.getPackageName().equals(library.getValue()));
  }

  private static boolean isForeign(JavaClass type) {
    return FOREIGN.stream().anyMatch(type.getPackageName()::startsWith);
  }
}
