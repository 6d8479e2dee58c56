package org.macsec4j.it.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.macsec4j.MacsecException;
import org.macsec4j.MacsecException.Kind;
import org.macsec4j.SecyConfig;
import org.macsec4j.it.kernel.Bench.Given;
import org.macsec4j.it.kernel.Probe.Through;
import org.macsec4j.netlink.libc.Errno;
import org.macsec4j.netlink.transport.NetlinkException;
import org.macsec4j.netlink.wire.MessageBuilder;

/**
 * Each command with each wrong input: what the kernel answers, what a user is told of it, and that
 * a user is mostly told before the kernel is asked, which has one number for many reasons and
 * hardly ever a word.
 */
abstract class ErrnoCases extends BenchCases {
  static Stream<Probe> probes() {
    return Stream.concat(SecyProbes.all(), SaProbes.all());
  }

  static Stream<Probe> refusals() {
    return probes().filter(probe -> probe.on61() != 0 || probe.on612() != 0);
  }

  static Stream<Mistake> mistakes() {
    return Stream.concat(Mistake.ofSecys(), Mistake.ofSas());
  }

  @ParameterizedTest
  @MethodSource("probes")
  void theKernelAnswers(Probe probe) {
    bench.given(probe.given());
    String answer =
        bench
            .ask(probe.request().apply(bench), probe.through().isOfLinks())
            .map(ErrnoCases::told)
            .orElse(told(0, ""));
    assertThat(answer).isEqualTo(told(probe.errno(), probe.said()));
  }

  private static String told(NetlinkException refusal) {
    String at =
        refusal.attribute().isEmpty()
            ? ""
            : " at "
                + refusal.attribute().stream()
                    .map(String::valueOf)
                    .collect(Collectors.joining("."));
    return told(refusal.errno(), refusal.kernelText().orElse("") + at);
  }

  private static String told(int errno, String text) {
    return errno == 0 ? "accepted" : Errno.name(errno) + (text.isEmpty() ? "" : ": " + text);
  }

  /**
   * The request takes the place of one of the backend's, whose user gets to know the refusal. Some
   * operations look first and find out without it.
   */
  @ParameterizedTest
  @MethodSource("refusals")
  void theUserIsTold(Probe probe) {
    bench.given(probe.given());
    AtomicBoolean asked = new AtomicBoolean();
    bench.seam.hook(
        original -> {
          if (bench.seam.changes() != probe.through().which) {
            return original;
          }
          asked.set(true);
          try (MessageBuilder request = probe.request().apply(bench)) {
            return Seam.direct(request.finish(0));
          }
        });
    MacsecException refusal =
        catchThrowableOfType(MacsecException.class, () -> probe.through().run(bench));
    if (probe.errno() == 0) {
      assertThat(refusal).isNull();
      return;
    }
    assertThat(refusal).as("what was thrown").isNotNull();
    assertThat(refusal).hasMessageStartingWith(probe.through().cannot);
    if (asked.get()) {
      assertThat(refusal.kind()).as(refusal.getMessage()).isEqualTo(kind(probe));
      assertTellsAll(probe, refusal.getMessage());
    } else {
      assertThat(refusal.kind()).as(refusal.getMessage()).isEqualTo(Kind.NOT_FOUND);
    }
  }

  private static void assertTellsAll(Probe probe, String message) {
    String number = Errno.name(probe.errno());
    assertThat(message).contains(": " + number);
    if (!probe.said().isEmpty()) {
      String text = probe.said().replaceAll(" at [0-9.]+$", "");
      assertThat(message).contains(number + " (kernel: " + text + ")");
    }
    // A reason or a way out, in words.
    String reason = message.substring(message.lastIndexOf(number));
    assertThat(reason.substring(reason.indexOf(',')))
        .hasSizeGreaterThan(15)
        .doesNotContain("said no more");
  }

  /** An association that is there is not in use: it exists. */
  private static Kind kind(Probe probe) {
    boolean installs = probe.through() == Through.ADD_TXSA || probe.through() == Through.ADD_RXSA;
    return installs && probe.errno() == Errno.EBUSY ? Kind.EXISTS : probe.kind();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          port0  | BUSY   | port0 is a port of bridge br0, which takes its frames
          slave0 | BUSY   | slave0 is a port of bond bond7, which takes its frames
          under0 | BUSY   | something else takes the frames of under0, for instance a macvlan
          eth0   | EXISTS | SCI 020000000a010001 is in use by m0 on the same parent; choose another
          """)
  void whatIsInTheWayIsToldApart(String parent, Kind kind, String words) {
    bench.given(Given.SECY);
    MacsecException refusal =
        catchThrowableOfType(
            MacsecException.class, () -> bench.backend.create(SecyConfig.on(parent).build()));
    assertThat(refusal)
        .hasMessageStartingWith("cannot create a SecY on " + parent + ": EBUSY, " + words);
    assertThat(refusal.kind()).isEqualTo(kind);
    assertThat(bench.backend.list()).containsExactly(bench.secy());
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void theKernelIsNotEvenAsked(Mistake mistake) {
    bench.given(mistake.given());
    bench.seam.hook(request -> request);
    RuntimeException refusal =
        catchThrowableOfType(RuntimeException.class, () -> mistake.made().accept(bench));
    assertThat(refusal).as("what was thrown").isNotNull();
    assertThat(refusal.getMessage()).contains(mistake.words());
    assertThat(refusal.getCause() instanceof NetlinkException).as("asked the kernel").isFalse();
    assertThat(bench.seam.changes()).as("changes that the kernel was asked for").isZero();
    if (refusal instanceof MacsecException known) {
      assertThat(known.kind()).isEqualTo(mistake.kind());
    } else {
      assertThat(refusal).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
