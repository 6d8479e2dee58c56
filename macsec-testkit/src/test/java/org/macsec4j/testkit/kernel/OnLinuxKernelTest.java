package org.macsec4j.testkit.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.EventType;
import org.junit.platform.testkit.engine.Events;
import org.opentest4j.TestAbortedException;

/** How a guest's results look on the host. */
class OnLinuxKernelTest {
  private static final String REQUIRED = "macsec4j.kernel.required";
  private static final String BINARY = "macsec4j.kernel.6.12";

  @Test
  @Tag("linux-kernel")
  void reportsWhatHappenedInTheGuestAndThatItDied() {
    assumeThat(Requirements.areAMust() || Kernel.V6_12.absence().isEmpty())
        .as("the guest kernel 6.12 is there")
        .isTrue();

    Map<String, TestExecutionResult> results = results(run(Examples.class).testEvents());

    assertThat(results.get("passes()").getStatus()).isEqualTo(Status.SUCCESSFUL);

    assertThat(thrown(results, "fails()"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("the answer of Linux 6.12")
        .satisfies(t -> assertThat(Arrays.toString(t.getStackTrace())).contains("Examples.fails"))
        .satisfies(t -> assertThat(console(t)).contains("said on the console"));

    assertThat(results.get("givesUp()").getStatus()).isEqualTo(Status.ABORTED);
    assertThat(thrown(results, "givesUp()"))
        .isInstanceOf(TestAbortedException.class)
        .hasMessageContaining("not on a Tuesday");

    assertThat(results.get("#1").getStatus()).isEqualTo(Status.SUCCESSFUL);
    assertThat(thrown(results, "#2")).hasMessageContaining("not less than two");

    assertThat(thrown(results, "takesTooLong()"))
        .isInstanceOf(TimeoutException.class)
        .hasMessageContaining("timed out after 4 seconds");

    assertThat(thrown(results, "panics()"))
        .hasMessageContaining("the guest ended before its tests did")
        .satisfies(t -> assertThat(console(t)).contains("Kernel panic"));
    assertThat(thrown(results, "thereafter()"))
        .hasMessageContaining("the guest ended before its tests did");
    assertThat(results).hasSize(8);
  }

  @Test
  void skipsWithTheCommandThatBringsTheKernel() {
    Events containers = withoutKernel("false");
    assertThat(containers.skipped().list()).hasSize(1);
    assertThat(containers.skipped().list().get(0).getRequiredPayload(String.class))
        .contains("6.12 is not at /nowhere/linux")
        .contains(".ci/build-guest-kernel");
  }

  @Test
  void failsInsteadWhereTheKernelIsAMust() {
    Events containers = withoutKernel("true");
    assertThat(containers.skipped().list()).isEmpty();
    assertThat(containers.failed().list()).hasSize(1);
    TestExecutionResult result =
        containers.failed().list().get(0).getRequiredPayload(TestExecutionResult.class);
    assertThat(result.getThrowable().orElseThrow())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(".ci/build-guest-kernel");
  }

  private static Events withoutKernel(String required) {
    String before = System.getProperty(BINARY);
    String requiredBefore = System.getProperty(REQUIRED);
    System.setProperty(BINARY, "/nowhere/linux");
    System.setProperty(REQUIRED, required);
    try {
      return run(Examples.class).containerEvents();
    } finally {
      restore(BINARY, before);
      restore(REQUIRED, requiredBefore);
    }
  }

  private static void restore(String property, String value) {
    if (value == null) {
      System.clearProperty(property);
    } else {
      System.setProperty(property, value);
    }
  }

  private static EngineExecutionResults run(Class<?> type) {
    return EngineTestKit.engine("junit-jupiter").selectors(selectClass(type)).execute();
  }

  private static Map<String, TestExecutionResult> results(Events events) {
    Map<String, TestExecutionResult> results = new LinkedHashMap<>();
    for (Event event : events.list()) {
      if (event.getType() == EventType.FINISHED) {
        results.put(
            event.getTestDescriptor().getUniqueId().getLastSegment().getValue(),
            event.getRequiredPayload(TestExecutionResult.class));
      }
    }
    return results;
  }

  private static Throwable thrown(Map<String, TestExecutionResult> results, String test) {
    return results.get(test).getThrowable().orElseThrow();
  }

  private static String console(Throwable thrown) {
    return Arrays.toString(thrown.getSuppressed());
  }

  @OnLinuxKernel(kernel = Kernel.V6_12, timeoutSeconds = 900)
  @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
  static class Examples {
    @Test
    @Order(1)
    void passes() {
      assertThat(Guest.isInside()).isTrue();
    }

    @Test
    @Order(2)
    void fails() throws IOException {
      Files.writeString(Path.of("/dev/kmsg"), "<5>said on the console\n");
      assertThat(41).as("the answer of Linux " + System.getProperty("os.version")).isEqualTo(42);
    }

    @Test
    @Order(3)
    void givesUp() {
      abort("not on a Tuesday");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    @Order(4)
    void isLessThanTwo(int number) {
      assertThat(number).as("not less than two").isLessThan(2);
    }

    @Test
    @Timeout(4)
    @Order(5)
    void takesTooLong() throws InterruptedException {
      Thread.sleep(600_000);
    }

    @Test
    @Order(6)
    void panics() throws IOException, InterruptedException {
      Files.writeString(Path.of("/proc/sysrq-trigger"), "c");
      Thread.sleep(600_000);
    }

    @Test
    @Order(7)
    void thereafter() {}
  }
}
