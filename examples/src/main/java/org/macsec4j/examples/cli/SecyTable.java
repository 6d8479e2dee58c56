package org.macsec4j.examples.cli;

import java.util.EnumSet;
import java.util.Locale;
import java.util.stream.Collectors;
import org.macsec4j.Counter;
import org.macsec4j.Counters;
import org.macsec4j.KeyIdentifier;
import org.macsec4j.PacketNumber;
import org.macsec4j.ReceiveSaCounter;
import org.macsec4j.ReceiveScCounter;
import org.macsec4j.ReceiveScSnapshot;
import org.macsec4j.ReplayProtection;
import org.macsec4j.SecyConfig;
import org.macsec4j.SecyCounter;
import org.macsec4j.SecySnapshot;
import org.macsec4j.TransmitSaCounter;
import org.macsec4j.TransmitScCounter;

/**
 * Prints a SecY in the arrangement that people know from {@code ip -s macsec show}, with what that
 * leaves out: whether the SecY is operational, and a dash for a counter that is absent.
 */
final class SecyTable {
  private final StringBuilder text = new StringBuilder();

  private SecyTable() {}

  static String of(SecySnapshot secy) {
    SecyTable table = new SecyTable();
    table.head(secy);
    table.transmitChannel(secy);
    secy.receiveScs().forEach(table::receiveChannel);
    table
        .text
        .append("    offload: ")
        .append(secy.offload().name().toLowerCase(Locale.ROOT))
        .append('\n');
    return table.text.toString();
  }

  private void head(SecySnapshot secy) {
    SecyConfig config = secy.config();
    ReplayProtection replay = config.replayProtection();
    text.append(secy.id().index()).append(": ").append(secy.id().name());
    text.append(": protect ").append(onOff(config.protectFrames()));
    text.append(" validate ").append(config.validateFrames().name().toLowerCase(Locale.ROOT));
    text.append(" encrypt ").append(onOff(config.confidentialityOffset().isConfidential()));
    if (config.confidentialityOffset().octets() > 0) {
      text.append(" offset ").append(config.confidentialityOffset().octets());
    }
    text.append(" send_sci ").append(onOff(config.includeSci()));
    text.append(" end_station ").append(onOff(config.endStation()));
    text.append(" scb ").append(onOff(config.singleCopyBroadcast()));
    text.append(" replay ").append(onOff(replay.enabled()));
    if (replay.enabled()) {
      text.append(" window ").append(replay.window());
    }
    text.append("\n    cipher suite: ").append(config.cipherSuite());
    text.append(", using ICV length ").append(config.icvLength());
    text.append("\n    ").append(secy.up() ? "up" : "down");
    text.append(secy.operational() ? ", operational\n" : ", not operational\n");
  }

  private void transmitChannel(SecySnapshot secy) {
    text.append("    TXSC: ").append(secy.transmitSc().sci().toHex());
    text.append(" on SA ").append(secy.transmitSc().encodingSa()).append('\n');
    counters("    ", SecyCounter.class, secy.counters());
    counters("    ", TransmitScCounter.class, secy.transmitSc().counters());
    secy.transmitSc()
        .sas()
        .forEach(
            sa -> {
              association(sa.an().value(), sa.nextPn(), sa.enabled(), sa.key());
              counters("            ", TransmitSaCounter.class, sa.counters());
            });
  }

  private void receiveChannel(ReceiveScSnapshot channel) {
    text.append("    RXSC: ").append(channel.sci().toHex());
    text.append(", state ").append(onOff(channel.enabled())).append('\n');
    counters("        ", ReceiveScCounter.class, channel.counters());
    channel
        .sas()
        .forEach(
            sa -> {
              association(sa.an().value(), sa.nextPn(), sa.enabled(), sa.key());
              counters("            ", ReceiveSaCounter.class, sa.counters());
            });
  }

  private void association(int an, PacketNumber nextPn, boolean enabled, KeyIdentifier key) {
    text.append("        ").append(an).append(": PN ").append(nextPn);
    text.append(", state ").append(onOff(enabled)).append(", key ").append(key).append('\n');
  }

  private <C extends Enum<C> & Counter> void counters(
      String indent, Class<C> kind, Counters<C> counters) {
    EnumSet<C> all = EnumSet.allOf(kind);
    text.append(
        all.stream()
            .map(Counter::standardName)
            .collect(Collectors.joining(" ", indent + "stats: ", "\n")));
    text.append(
        all.stream()
            .map(counter -> value(counters, counter))
            .collect(Collectors.joining(" ", indent + "       ", "\n")));
  }

  /** As wide as the name above it. */
  private static <C extends Enum<C> & Counter> String value(Counters<C> counters, C counter) {
    var present = counters.get(counter);
    String value = present.isPresent() ? Long.toUnsignedString(present.getAsLong()) : "-";
    return String.format("%" + counter.standardName().length() + "s", value);
  }

  private static String onOff(boolean value) {
    return value ? "on" : "off";
  }
}
