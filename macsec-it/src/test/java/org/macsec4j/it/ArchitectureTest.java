package org.macsec4j.it;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.Test;

/**
 * Holds the arrows of the house, and keeps the MKA engine free of clocks, threads and sockets.
 *
 * <p>A rule over a package that is still empty passes, so the first test makes sure that the
 * packages with code were read at all.
 */
class ArchitectureTest {
  private static final String API = "org.macsec4j";
  private static final String SPI = "org.macsec4j.spi";
  private static final String MKA = "org.macsec4j.mka..";
  private static final String NETLINK = "org.macsec4j.netlink..";
  private static final String OFFLOAD = "org.macsec4j.offload..";
  private static final String TESTKIT = "org.macsec4j.testkit..";
  private static final String EXAMPLES = "org.macsec4j.examples..";

  /** Annotations for the compiler: not needed at run time, so no arrow. */
  private static final String JSPECIFY = "org.jspecify.annotations";

  /** Part of java.base: where Destroyable lives. */
  private static final String JAVA_BASE_AUTH = "javax.security.auth";

  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(API);

  private static final DescribedPredicate<JavaClass> ENGINE =
      resideInAPackage(MKA)
          .and(not(resideInAPackage("org.macsec4j.mka.runtime..")))
          .as("are of the MKA engine");

  @Test
  void theHouseWasRead() {
    DescribedPredicate<JavaClass> code = describe("code", c -> !c.getSimpleName().contains("-"));
    for (String part : List.of(API, SPI, MKA, NETLINK, OFFLOAD, TESTKIT, EXAMPLES)) {
      assertThat(HOUSE.that(resideInAPackage(part).and(code))).as(part).isNotEmpty();
    }
    assertThat(HOUSE.that(ENGINE.and(code))).isNotEmpty();
  }

  @Test
  void packagesFormNoCycle() {
    check(slices().assignedFrom(new ByPackage()).should().beFreeOfCycles());
  }

  @Test
  void apiNeedsTheJdkOnly() {
    check(
        classes()
            .that()
            .resideInAnyPackage(API, SPI)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", JAVA_BASE_AUTH, API, SPI, JSPECIFY));
  }

  @Test
  void modulesSeeOnlyWhatTheirArrowsAllow() {
    seesOnly(MKA, API, SPI);
    seesOnly(NETLINK, API, SPI);
    seesOnly(OFFLOAD, API, SPI, NETLINK);
    seesOnly(TESTKIT, API, SPI, MKA);
  }

  @Test
  void examplesAreSeenByNobody() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(EXAMPLES, "org.macsec4j.it..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(EXAMPLES));
  }

  @Test
  void theEngineKnowsNoThreadAndNoSocket() {
    check(
        noClasses()
            .that(ENGINE)
            .should()
            .dependOnClassesThat(
                resideInAnyPackage("java.net..", "java.nio.channels..")
                    .or(assignableTo(Thread.class))
                    .or(assignableTo(Timer.class))
                    .or(assignableTo(TimerTask.class))
                    .or(assignableTo(Executor.class))
                    .or(assignableTo(Executors.class))
                    .or(assignableTo(ThreadFactory.class))
                    .or(assignableTo(CompletionStage.class))
                    .as("are threads, timers, executors, sockets or channels")));
  }

  @Test
  void theEngineIsToldTheTime() {
    check(
        noClasses()
            .that(ENGINE)
            .should()
            .dependOnClassesThat(assignableTo(Clock.class))
            .orShould()
            .accessTargetWhere(describe("the target reads a clock", ArchitectureTest::readsClock)));
  }

  @Test
  void bouncyCastleStaysInTheCryptoPackages() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages("org.macsec4j.mka.crypto", "org.macsec4j.testkit.dataplane")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.bouncycastle.."));
  }

  @Test
  void nativeCallsStayInOnePackage() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("org.macsec4j.netlink.jnr")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jnr.."));
  }

  private static void seesOnly(String module, String... others) {
    check(
        noClasses()
            .that()
            .resideInAPackage(module)
            .should()
            .dependOnClassesThat(
                resideInAPackage("org.macsec4j..")
                    .and(not(resideInAPackage(module)))
                    .and(not(resideInAnyPackage(others)))
                    .as("are of another module than %s", String.join(", ", others))));
  }

  private static boolean readsClock(JavaAccess<?> access) {
    AccessTarget target = access.getTarget();
    String owner = target.getOwner().getName();
    return switch (owner) {
      case "java.lang.System" -> Set.of("nanoTime", "currentTimeMillis").contains(target.getName());
      case "java.util.Date" -> true;
      default -> owner.startsWith("java.time.") && target.getName().equals("now");
    };
  }

  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(HOUSE);
  }

  /**
   * A slice is a package. The front door and the SPI count as one: the door opens what is plugged
   * in, and what is plugged in speaks the model's types.
   */
  private static final class ByPackage implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      String name = type.getPackageName();
      return SliceIdentifier.of(name.equals(SPI) ? API : name);
    }

    @Override
    public String getDescription() {
      return "packages of the house";
    }
  }
}
