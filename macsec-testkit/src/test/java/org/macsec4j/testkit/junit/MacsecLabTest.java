package org.macsec4j.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.macsec4j.Macsec;
import org.macsec4j.testkit.Host;
import org.macsec4j.testkit.Lab;

@MacsecLab
class MacsecLabTest {
  private static long lastSeed;

  private Lab fromBefore;

  @BeforeEach
  void take(Lab lab) {
    fromBefore = lab;
  }

  @Test
  void givesTheSameFreshLabToEachMethodOfATest(Lab lab) {
    assertThat(lab).isSameAs(fromBefore);
    assertThat(lab.seed()).isNotEqualTo(lastSeed);
    assertThat(lab.now()).isEqualTo(Duration.ZERO);
    lastSeed = lab.seed();
  }

  @Test
  @MacsecLab(seed = 99)
  void takesAFixedSeed(Lab lab) {
    assertThat(lab.seed()).isEqualTo(99);
  }

  /** Not found by itself; run by the tests below. */
  static class Inner {
    static Macsec opened;

    @MacsecLab(seed = 4711)
    @Test
    void fails(Lab lab) {
      Host a = lab.host("a");
      lab.wire(a, lab.host("b"));
      a.send("eth0", new byte[20]);
      opened = a.macsec();
      throw new IllegalStateException("on purpose");
    }

    @MacsecLab
    static class WantsItTooEarly {
      @BeforeAll
      static void take(Lab lab) {
        assertThat(lab).isNull();
      }

      @Test
      void neverRuns() {}
    }
  }

  private static EngineExecutionResults run(Class<?> type, String method, Class<?>... parameters) {
    return EngineTestKit.engine("junit-jupiter")
        .selectors(selectMethod(type, method, parameters))
        .execute();
  }

  @Test
  void aFailurePrintsTheSeedAndWritesTheFrames(@TempDir Path folder) throws IOException {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setProperty("macsec4j.lab.captures", folder.toString());
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      run(Inner.class, "fails", Lab.class).testEvents().assertStatistics(stats -> stats.failed(1));
    } finally {
      System.setErr(before);
      System.clearProperty("macsec4j.lab.captures");
    }

    List<Path> files;
    try (Stream<Path> listed = Files.list(folder)) {
      files = listed.toList();
    }
    assertThat(files).hasSize(1);
    assertThat(files.get(0)).hasFileName("Inner.fails.1267.pcapng").isNotEmptyFile();
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("replay it with -Dmacsec4j.lab.seed=4711")
        .contains(files.get(0).toString())
        .contains("link a/eth0 - b/eth0");
    assertThatThrownBy(() -> Inner.opened.secys()).hasMessageContaining("closed");
  }

  @Test
  void theSystemPropertyReplaysAnySeed() {
    System.setProperty(Lab.SEED_PROPERTY, "-17");
    try {
      assertThat(Lab.create().seed()).isEqualTo(-17);
      System.setProperty(Lab.SEED_PROPERTY, "x");
      assertThatIllegalArgumentException()
          .isThrownBy(Lab::create)
          .withMessageContaining("macsec4j.lab.seed");
    } finally {
      System.clearProperty(Lab.SEED_PROPERTY);
    }
  }

  @Test
  void refusesALabThatWouldOutliveATest() {
    run(Inner.WantsItTooEarly.class, "neverRuns")
        .containerEvents()
        .assertThatEvents()
        .haveExactly(
            1,
            event(finishedWithFailure(message(text -> text.contains("a Lab lives for one test")))));
  }
}
