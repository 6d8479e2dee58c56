package org.macsec4j.examples.cli;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.macsec4j.AssociationNumber;
import org.macsec4j.Counter;
import org.macsec4j.Counters;
import org.macsec4j.KeyIdentifier;
import org.macsec4j.OffloadMode;
import org.macsec4j.PacketNumber;
import org.macsec4j.ReceiveSaCounter;
import org.macsec4j.ReceiveScCounter;
import org.macsec4j.ReceiveScSnapshot;
import org.macsec4j.ReplayProtection;
import org.macsec4j.SecyConfig;
import org.macsec4j.SecyCounter;
import org.macsec4j.SecySnapshot;
import org.macsec4j.Ssci;
import org.macsec4j.TransmitSaCounter;
import org.macsec4j.TransmitScCounter;

/**
 * Prints a SecY in the arrangement that people know from {@code ip -s macsec show}, with what that
 * leaves out: the interface below, whether the SecY is operational, the lowest packet number that
 * is accepted, and a dash for a counter that is absent.
 */
final class SecyTable {
  private final StringBuilder text = new StringBuilder();
  private final boolean withCounters;

  private SecyTable(boolean withCounters) {
    this.withCounters = withCounters;
  }

  /** With all counters. */
  static String of(SecySnapshot secy) {
    return of(secy, true, "");
  }

  /** With or without counters; {@code where} stands before the interface below. */
  static String of(SecySnapshot secy, boolean withCounters, String where) {
    SecyTable table = new SecyTable(withCounters);
    table.head(secy, where);
    table.transmitChannel(secy);
    secy.receiveScs().forEach(table::receiveChannel);
    table.text.append("    offload: ").append(offload(secy.offload())).append('\n');
    return table.text.toString();
  }

  /** As Linux calls it. */
  static String offload(OffloadMode mode) {
    return mode == OffloadMode.SOFTWARE ? "off" : mode.name().toLowerCase(Locale.ROOT);
  }

  private void head(SecySnapshot secy, String where) {
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
    text.append("\n    ").append(where).append("on ").append(config.parent());
    text.append(secy.up() ? ", up" : ", down");
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
              association(sa.an(), sa.nextPn(), sa.isExhausted() ? " (used up)" : "");
              key(sa.enabled(), sa.key(), sa.ssci());
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
              String lowest = sa.lowestPn().map(pn -> ", lowest " + pn).orElse("");
              association(sa.an(), sa.nextPn(), lowest);
              key(sa.enabled(), sa.key(), sa.ssci());
              counters("            ", ReceiveSaCounter.class, sa.counters());
            });
  }

  private void association(AssociationNumber an, PacketNumber nextPn, String more) {
    text.append("        ").append(an).append(": PN ").append(nextPn).append(more);
  }

  /** Its identifier; the key itself is nowhere to be read. */
  private void key(boolean enabled, KeyIdentifier key, Optional<Ssci> ssci) {
    text.append(", state ").append(onOff(enabled)).append(", key ").append(key);
    ssci.ifPresent(value -> text.append(", SSCI ").append(value));
    text.append('\n');
  }

  private <C extends Enum<C> & Counter> void counters(
      String indent, Class<C> kind, Counters<C> counters) {
    if (!withCounters) {
      return;
    }
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

  static String onOff(boolean value) {
    return value ? "on" : "off";
  }
}
