package org.macsec4j.examples.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.macsec4j.offload.DriverKnowledge;
import org.macsec4j.offload.FeatureClaim;
import org.macsec4j.offload.OffloadSupport;
import org.macsec4j.offload.OffloadUse;
import org.macsec4j.offload.ProbeVerdict;

/** Prints what was found of an interface: a line for each question, with whose answer it is. */
final class OffloadTable {
  private OffloadTable() {}

  static String of(OffloadSupport support, Optional<ProbeVerdict> verdict) {
    StringBuilder text = new StringBuilder(support.interfaceName()).append('\n');
    line(text, "driver", driver(support));
    line(text, "PHY", lower(support.phy().presence()));
    line(text, "claimed", claimed(support.claim()));
    verdict.ifPresent(
        said -> {
          line(text, "probed mac", attempt(said.mac()));
          line(text, "probed phy", attempt(said.phy()));
        });
    support.knowledge().forEach(known -> line(text, "known", known(known)));
    line(text, "in use", support.inUse().map(OffloadTable::use).orElse("not known"));
    return text.toString();
  }

  private static void line(StringBuilder text, String question, String answer) {
    text.append(String.format(Locale.ROOT, "    %-11s %s%n", question + ":", answer));
  }

  static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String driver(OffloadSupport support) {
    return support
        .driver()
        .map(
            driver ->
                driver.driver()
                    + driver.version().map(version -> " " + version).orElse("")
                    + driver.bus().map(bus -> ", bus " + bus).orElse(""))
        .orElse("none that says so");
  }

  private static String claimed(FeatureClaim claim) {
    return switch (claim.answer()) {
      case NOT_KNOWN -> "this kernel has no such feature";
      case NOT_TOLD -> "this kernel does not tell";
      case TOLD -> SecyTable.onOff(claim.active()) + (claim.fixed() ? " [fixed]" : "");
    };
  }

  private static String attempt(ProbeVerdict.Attempt attempt) {
    String reason = attempt.reason();
    return lower(attempt.outcome()) + (reason.isEmpty() ? "" : ": " + reason);
  }

  private static String known(DriverKnowledge known) {
    List<String> parts = new ArrayList<>();
    parts.add(known.hardware() + ", mode " + lower(known.mode()));
    known.secys().ifPresent(count -> parts.add("SecYs " + count));
    known.receiveScsPerSecy().ifPresent(count -> parts.add("receive channels a SecY " + count));
    if (!known.replayWindows().isEmpty()) {
      parts.add("replay windows " + known.replayWindows().stream().sorted().toList());
    }
    if (known.fullIcvOnly()) {
      parts.add("ICV of 16 octets");
    }
    if (known.confidentialOnly()) {
      parts.add("encrypted only");
    }
    if (known.counters() == DriverKnowledge.Supply.NO) {
      parts.add("no counters");
    }
    if (!known.packetNumberRefreshed()) {
      parts.add("packet numbers not refreshed");
    }
    parts.addAll(known.behaviours());
    return String.join("; ", parts);
  }

  private static String use(OffloadUse use) {
    return "SecYs "
        + use.secys()
        + ", receive channels "
        + use.receiveScs()
        + ", SAs "
        + (use.transmitSas() + use.receiveSas());
  }
}
