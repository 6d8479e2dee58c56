package org.macsec4j.examples.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.macsec4j.AssociationNumber;
import org.macsec4j.PacketNumber;
import org.macsec4j.ReceiveSa;
import org.macsec4j.Sci;
import org.macsec4j.SecureAssociationKey;
import org.macsec4j.SecyConfig;
import org.macsec4j.TransmitSa;
import org.macsec4j.examples.config.Format.Reading;
import org.macsec4j.mka.MkaConfig;

/**
 * The channels and associations of a {@code .netdev} file. As with networkd, an association has the
 * number of its place among those of its channel, and one to receive with makes its channel.
 */
final class NetworkdAssociations {
  private static final int MOST = 4;
  private static final String ACTIVATE = "Activate";

  private final Reading reading;
  private final List<TransmitSa> transmitSas = new ArrayList<>();
  private final Map<Sci, List<ReceiveSa>> receiveScs = new LinkedHashMap<>();
  private Optional<AssociationNumber> encodingSa = Optional.empty();

  private NetworkdAssociations(Reading reading) {
    this.reading = reading;
  }

  /** Reads them all; what is wrong goes to the reading. */
  static NetworkdAssociations read(List<Section> sections, Reading reading) {
    NetworkdAssociations read = new NetworkdAssociations(reading);
    // The channels first: they may stand behind the associations that belong to them.
    of(NetworkdFormat.CHANNEL, sections).forEach(read::channel);
    of(NetworkdFormat.RECEIVE, sections).forEach(read::receive);
    List<Section> transmit = of(NetworkdFormat.TRANSMIT, sections);
    for (int i = 0; i < transmit.size(); i++) {
      if (i < MOST) {
        read.transmit(transmit.get(i), AssociationNumber.of(i));
      } else {
        read.fifth(transmit.get(i));
      }
    }
    return read;
  }

  private static List<Section> of(String name, List<Section> sections) {
    return sections.stream().filter(section -> section.name().equals(name)).toList();
  }

  StaticLink on(SecyConfig secy) {
    return new StaticLink(
        secy,
        encodingSa.orElse(AssociationNumber.AN_0),
        List.copyOf(transmitSas),
        Collections.unmodifiableMap(receiveScs));
  }

  private Settings settings(Section section) {
    return new Settings(section, reading, MkaConfig.builder());
  }

  private void problem(Section section, String what) {
    reading.problems().add("line " + section.line() + ", " + section.name() + ": " + what);
  }

  private void fifth(Section section) {
    problem(section, "is one too many: a channel has four");
  }

  private Optional<Sci> sci(Section section, Settings settings) {
    NetworkdFormat.require(settings, NetworkdFormat.PORT, section, reading);
    Optional<Integer> port = NetworkdFormat.port(settings);
    return NetworkdFormat.require(settings, NetworkdFormat.ADDRESS, section, reading)
        .flatMap(entry -> settings.read(entry, NetworkdFormat::mac))
        .flatMap(address -> port.map(number -> new Sci(address, number)));
  }

  private void channel(Section section) {
    Settings settings = settings(section);
    Optional<Sci> sci = sci(section, settings);
    settings.refuseOthers();
    if (sci.isPresent() && receiveScs.put(sci.get(), new ArrayList<>()) != null) {
      problem(section, "there is another channel " + sci.get());
    }
  }

  private void receive(Section section) {
    Settings settings = settings(section);
    Optional<Sci> sci = sci(section, settings);
    Optional<SecureAssociationKey> key = key(section, settings);
    PacketNumber lowest = packetNumber(settings).orElse(PacketNumber.FIRST);
    boolean active = active(section, settings, Optional.empty());
    settings.refuseOthers();
    if (sci.isEmpty() || key.isEmpty()) {
      return;
    }
    List<ReceiveSa> sas = receiveScs.computeIfAbsent(sci.get(), s -> new ArrayList<>());
    if (sas.size() == MOST) {
      fifth(section);
      return;
    }
    AssociationNumber an = AssociationNumber.of(sas.size());
    sas.add(new ReceiveSa(an, key.get(), lowest, Optional.empty(), active));
  }

  private void transmit(Section section, AssociationNumber an) {
    Settings settings = settings(section);
    Optional<SecureAssociationKey> key = key(section, settings);
    NetworkdFormat.require(settings, "PacketNumber", section, reading);
    Optional<PacketNumber> next = packetNumber(settings);
    Optional<Boolean> encodes = NetworkdFormat.flag(settings, "UseForEncoding");
    boolean active = active(section, settings, encodes);
    settings.refuseOthers();
    if (encodes.orElse(false)) {
      if (encodingSa.isPresent()) {
        problem(section, "UseForEncoding is set already for SA " + encodingSa.get());
      }
      encodingSa = Optional.of(an);
    }
    if (key.isEmpty() || next.isEmpty()) {
      return;
    }
    for (TransmitSa other : transmitSas) {
      if (sameOctets(other.key(), key.get())) {
        problem(section, "has the key of SA " + other.an() + ": packet numbers would repeat");
      }
    }
    transmitSas.add(new TransmitSa(an, key.get(), next.get(), Optional.empty(), active));
  }

  private static boolean sameOctets(SecureAssociationKey one, SecureAssociationKey other) {
    SecureAssociationKey renamed = NetworkdKey.of(one.identifier(), other);
    try {
      return one.equals(renamed);
    } finally {
      renamed.destroy();
    }
  }

  private Optional<SecureAssociationKey> key(Section section, Settings settings) {
    return new NetworkdKey(section, settings, reading).read();
  }

  private static Optional<PacketNumber> packetNumber(Settings settings) {
    return settings
        .take("PacketNumber")
        .flatMap(
            entry ->
                settings.read(
                    entry,
                    text ->
                        PacketNumber.of(
                            NetworkdFormat.number(text, 1, PacketNumber.MAX_32.value()))));
  }

  /** Off unless it is set, as the kernel has it; on when the association sends. */
  private boolean active(Section section, Settings settings, Optional<Boolean> encodes) {
    Optional<Boolean> active = NetworkdFormat.flag(settings, ACTIVATE);
    boolean sends = encodes.orElse(false);
    if (sends && !active.orElse(true)) {
      problem(section, "Activate is no, and UseForEncoding wants it active");
    }
    if (!sends && active.isEmpty()) {
      String where = "line " + section.line() + ", " + section.name();
      reading.notes().add(where + ": Activate is not set, so it stays off");
    }
    return sends || active.orElse(false);
  }
}
