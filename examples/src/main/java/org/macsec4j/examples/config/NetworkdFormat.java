package org.macsec4j.examples.config;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.macsec4j.AssociationNumber;
import org.macsec4j.ConfidentialityOffset;
import org.macsec4j.InvalidConfigurationException;
import org.macsec4j.KeyIdentifier;
import org.macsec4j.MacAddress;
import org.macsec4j.ReceiveSa;
import org.macsec4j.ReplayProtection;
import org.macsec4j.Sci;
import org.macsec4j.SecureAssociationKey;
import org.macsec4j.SecyConfig;
import org.macsec4j.TransmitSa;
import org.macsec4j.examples.config.Format.Grammar;
import org.macsec4j.examples.config.Format.Reading;
import org.macsec4j.mka.MkaConfig;

/**
 * A {@code .netdev} file of systemd-networkd, of kind macsec. networkd speaks no MKA: the keys are
 * static, and stand in the file or in others that it names. What it does not set is as the kernel
 * has it when networkd asks: GCM-AES-128, no replay protection, and no encryption either.
 *
 * <p>The association numbers follow the order of the sections. The interface below is named by the
 * {@code .network} file, see {@link NetworkdParent}.
 */
final class NetworkdFormat implements Grammar {
  static final String TRANSMIT = "MACsecTransmitAssociation";
  static final String CHANNEL = "MACsecReceiveChannel";
  static final String RECEIVE = "MACsecReceiveAssociation";
  static final String PORT = "Port";
  static final String ADDRESS = "MACAddress";

  private static final String NETDEV = "NetDev";
  private static final String MACSEC = "MACsec";
  private static final String MATCH = "Match";
  private static final String NONE = "none";
  private static final Set<String> SECTIONS = Set.of(NETDEV, MACSEC, TRANSMIT, CHANNEL, RECEIVE);
  private static final String NAME_FORM = "[^\\s/%:]{1,15}";

  @Override
  public boolean recognises(List<Section> sections) {
    return sections.stream()
        .anyMatch(section -> SECTIONS.contains(section.name()) || section.name().equals("Network"));
  }

  /** No links of MKA; the static one goes to the reading. */
  @Override
  public List<Link> read(List<Section> sections, Reading reading) {
    for (Section section : sections) {
      checkSection(section, reading);
    }
    reading.file().ifPresent(file -> refuseDropIns(file, reading));
    Optional<SecyConfig> secy = secy(sections, reading);
    NetworkdAssociations associations = NetworkdAssociations.read(sections, reading);
    if (secy.isPresent() && reading.problems().isEmpty()) {
      StaticLink link = associations.on(secy.get());
      if (!link.sends()) {
        String which = "transmit SA " + link.encodingSa() + " is not there or not active";
        reading.notes().add(which + ", so nothing can be sent");
      }
      reading.found(link);
    }
    return List.of();
  }

  private static void checkSection(Section section, Reading reading) {
    for (Section.Entry entry : section.entries()) {
      if (section.name().isEmpty()) {
        reading.problem(entry, "stands before the first [SECTION]");
      } else if (section.name().equals(MATCH)) {
        reading.problem(entry, "macsec does not look at conditions of [Match]");
      } else if (entry.value().endsWith("\\")) {
        reading.problem(entry, "goes on in the next line, which macsec does not read");
      }
    }
    boolean known = SECTIONS.contains(section.name()) || section.name().equals(MATCH);
    if (!section.name().isEmpty() && !known) {
      String where = "line " + section.line() + ": [" + section.name() + "]";
      reading.problems().add(where + " is no section that macsec knows here");
    }
  }

  /** networkd takes them for parts of the file. */
  private static void refuseDropIns(Path file, Reading reading) {
    Path folder = file.resolveSibling(file.getFileName() + ".d");
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.conf")) {
      for (Path dropIn : found) {
        reading.problems().add(dropIn + " belongs to it, and macsec reads no drop-ins");
      }
    } catch (IOException e) {
      reading.problems().add("its drop-ins in " + folder + " cannot be listed: " + e);
    }
  }

  private static Optional<Section> only(String name, List<Section> sections, Reading reading) {
    List<Section> found = sections.stream().filter(s -> s.name().equals(name)).toList();
    for (Section another : found.subList(Math.min(1, found.size()), found.size())) {
      reading.problems().add("line " + another.line() + ": a second section [" + name + "]");
    }
    return found.stream().findFirst();
  }

  private static Optional<SecyConfig> secy(List<Section> sections, Reading reading) {
    Optional<Section> netdev = only(NETDEV, sections, reading);
    Optional<Section> macsec = only(MACSEC, sections, reading);
    if (netdev.isEmpty()) {
      reading.problems().add("there is no [NetDev] in it; of networkd's files give the .netdev");
      return Optional.empty();
    }
    Settings device = new Settings(netdev.get(), reading, MkaConfig.builder());
    device
        .note(Map.of("Description", "is networkd's alone"))
        .require(Map.of("Kind", "macsec"), "this is a device of another kind");
    require(device, "Kind", netdev.get(), reading);
    refuse(
        device, "MTUBytes", "macsec sets no MTU; the kernel's is the interface's less 32", reading);
    refuse(device, "NetworkNamespace", "give the namespace with --netns", reading);
    Optional<String> name =
        require(device, "Name", netdev.get(), reading)
            .flatMap(entry -> device.read(entry, NetworkdFormat::interfaceName));
    Optional<MacAddress> address = address(device, reading, netdev.get());
    device.refuseOthers();

    Settings settings = new Settings(macsec.orElse(netdev.get()), reading, MkaConfig.builder());
    Optional<Integer> port = macsec.flatMap(section -> port(settings));
    Optional<Boolean> encrypt = macsec.flatMap(section -> flag(settings, "Encrypt"));
    macsec.ifPresent(section -> settings.refuseOthers());
    if (encrypt.isEmpty()) {
      reading.notes().add("Encrypt is not set, so frames are protected and can be read by anybody");
    }
    Optional<String> parent = name.flatMap(own -> NetworkdParent.of(own, reading));
    if (name.isEmpty() || parent.isEmpty() || !reading.problems().isEmpty()) {
      return Optional.empty();
    }
    SecyConfig.Builder config =
        SecyConfig.on(parent.get())
            .name(name.get())
            .encrypt(encrypt.orElse(false))
            .replayProtection(ReplayProtection.OFF)
            .port(port.orElse(Sci.END_STATION_PORT));
    address.ifPresent(mac -> config.sci(new Sci(mac, port.orElse(Sci.END_STATION_PORT))));
    return built(config, reading);
  }

  private static Optional<SecyConfig> built(SecyConfig.Builder config, Reading reading) {
    try {
      return Optional.of(config.build());
    } catch (InvalidConfigurationException e) {
      reading.problems().addAll(e.problems());
      return Optional.empty();
    }
  }

  /** The address of the SCI, when it is another than that of the interface below. */
  private static Optional<MacAddress> address(Settings device, Reading reading, Section section) {
    Optional<Section.Entry> entry = device.take(ADDRESS);
    if (entry.isEmpty()) {
      reading
          .notes()
          .add(
              "line "
                  + section.line()
                  + ", NetDev: MACAddress is not set: networkd would make one from the machine's"
                  + " identifier; here the SCI has the address of the interface, and peers must"
                  + " expect that");
      return Optional.empty();
    }
    if (entry.get().value().equals(NONE)) {
      return Optional.empty();
    }
    reading.note(entry.get(), "makes the SCI; the device has the address of the interface below");
    return device.read(entry.get(), NetworkdFormat::mac);
  }

  private static void refuse(Settings settings, String name, String why, Reading reading) {
    settings.take(name).ifPresent(entry -> reading.problem(entry, why));
  }

  /** A setting that must be there. */
  static Optional<Section.Entry> require(
      Settings settings, String name, Section section, Reading reading) {
    Optional<Section.Entry> entry = settings.take(name);
    if (entry.isEmpty()) {
      String where = "line " + section.line() + ", " + section.name();
      reading.problems().add(where + ": lacks " + name);
    }
    return entry;
  }

  /** A port number of an SCI, when there is one. */
  static Optional<Integer> port(Settings settings) {
    return settings
        .take(PORT)
        .flatMap(entry -> settings.read(entry, text -> (int) number(text, 1, 65534)));
  }

  /** As systemd reads a boolean; what is empty is not set. */
  static Optional<Boolean> flag(Settings settings, String name) {
    return settings
        .take(name)
        .filter(entry -> !entry.value().isEmpty())
        .flatMap(entry -> settings.read(entry, NetworkdFormat::flag));
  }

  private static boolean flag(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "yes", "y", "true", "t", "on", "1" -> true;
      case "no", "n", "false", "f", "off", "0" -> false;
      default -> throw new IllegalArgumentException("is yes or no");
    };
  }

  static long number(String text, long least, long most) {
    try {
      return Knob.number(text, least, most);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("is " + least + ".." + most, e);
    }
  }

  /** The text is not repeated: it may be a key at the wrong place. */
  static MacAddress mac(String text) {
    try {
      MacAddress address = MacAddress.parse(text);
      if (!address.isGroup() && address.value() != 0) {
        return address;
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("is an address such as 02:00:00:00:0a:01", e);
    }
    throw new IllegalArgumentException("is an address of one station, such as 02:00:00:00:0a:01");
  }

  private static String interfaceName(String text) {
    if (!text.matches(NAME_FORM) || text.equals(".") || text.equals("..")) {
      throw new IllegalArgumentException("is the name of an interface, of up to 15 characters");
    }
    return text;
  }

  @Override
  public String write(StaticLink link) {
    SecyConfig secy = link.secy();
    StringBuilder out = new StringBuilder();
    out.append("# Beside it a .network file for the interface below:\n#   [Match]\n#   Name=");
    out.append(secy.parent()).append("\n#   [Network]\n#   MACsec=").append(link.name());
    out.append("\n[NetDev]\nName=").append(link.name()).append("\nKind=macsec\nMACAddress=");
    out.append(secy.sci().map(sci -> sci.address().toString()).orElse(NONE));
    boolean encrypt = secy.confidentialityOffset() != ConfidentialityOffset.NO_CONFIDENTIALITY;
    out.append("\n\n[MACsec]\nPort=").append(secy.port());
    out.append("\nEncrypt=").append(yesOrNo(encrypt)).append('\n');
    for (TransmitSa sa : link.transmitSas()) {
      out.append("\n[").append(TRANSMIT).append("]\nPacketNumber=").append(sa.nextPn());
      writeKey(out, sa.key(), sa.enabled());
      if (sa.an() == link.encodingSa() && sa.an() != AssociationNumber.AN_0) {
        out.append("UseForEncoding=yes\n");
      }
    }
    link.receiveScs().forEach((sci, sas) -> write(out, sci, sas));
    return out.toString();
  }

  private static void write(StringBuilder out, Sci sci, List<ReceiveSa> sas) {
    writeSci(out, CHANNEL, sci);
    for (ReceiveSa sa : sas) {
      writeSci(out, RECEIVE, sci);
      out.append("PacketNumber=").append(sa.lowestPn());
      writeKey(out, sa.key(), sa.enabled());
    }
  }

  private static void writeSci(StringBuilder out, String section, Sci sci) {
    out.append("\n[").append(section).append("]\nPort=").append(sci.port());
    out.append("\nMACAddress=").append(sci.address()).append('\n');
  }

  private static void writeKey(StringBuilder out, SecureAssociationKey key, boolean enabled) {
    out.append("\nKeyId=").append(digits(key.identifier()));
    out.append("\nKey=").append(MacsecFormat.digits(key.toByteArray()));
    out.append("\nActivate=").append(yesOrNo(enabled)).append('\n');
  }

  private static String digits(KeyIdentifier identifier) {
    return HexFormat.of().formatHex(identifier.toByteArray());
  }

  private static String yesOrNo(boolean value) {
    return value ? "yes" : "no";
  }
}
