package org.macsec4j.netlink.ethtool;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import org.macsec4j.netlink.transport.GenericFamily;
import org.macsec4j.netlink.wire.Attribute;
import org.macsec4j.netlink.wire.Attributes;
import org.macsec4j.netlink.wire.MalformedMessageException;
import org.macsec4j.netlink.wire.MessageBuilder;
import org.macsec4j.netlink.wire.NetlinkMessage;

/**
 * The messages of the generic netlink family {@code ethtool} that are needed here.
 *
 * <pre>
 *  command        #    attributes of the request      attributes of the answer
 *  STRSET_GET     1    STRINGSETS 2                   STRINGSETS 2
 *  FEATURES_GET  11    HEADER 1                       HEADER 1, HW 2, WANTED 3, ACTIVE 4, NOCHANGE 5
 *  FEATURES_NTF  13    (a notice)                     as the answer to FEATURES_GET
 *  PHY_GET       45    HEADER 1                       HEADER 1, INDEX 2 u32, DRVNAME 3 text; one for each PHY
 *
 *  HEADER      { DEV_INDEX 1 u32, DEV_NAME 2 text, FLAGS 3 u32 }
 *  STRINGSETS  { STRINGSET 1 { ID 1 u32, COUNT 2 u32, STRINGS 3 { STRING 1 { INDEX 1 u32, VALUE 2 text } } } }
 *  HW, ...     { NOMASK 1 flag, SIZE 2 u32, then one of two forms }
 *    verbose   { BITS 3 { BIT 1 { INDEX 1 u32, NAME 2 text, VALUE 3 flag } } }
 *    compact   { VALUE 4 words of 32 bits, MASK 5 the same }
 * </pre>
 *
 * <p>The compact form has no names; they are those of the string set, whose order differs from
 * kernel to kernel. The kernel answers in the form that the flags ask for, and notices are always
 * compact. In the verbose form a bit that has no mask is set when it is listed.
 */
final class EthtoolMessages {
  static final String FAMILY = "ethtool";
  static final String NOTICES = "monitor";
  static final int FEATURES_NTF = 13;

  private static final int STRSET_GET = 1;
  private static final int FEATURES_GET = 11;
  private static final int PHY_GET = 45;

  private static final int HEADER = 1;
  private static final int DEV_INDEX = 1;
  private static final int DEV_NAME = 2;
  private static final int FLAGS = 3;
  private static final int FLAG_COMPACT = 1;

  private static final int STRINGSETS = 2;
  private static final int STRINGSET = 1;
  private static final int STRINGSET_ID = 1;
  private static final int STRINGS = 3;
  private static final int STRING_INDEX = 1;
  private static final int STRING_VALUE = 2;
  private static final int SET_OF_FEATURES = 4;

  /** More names than any kernel has; an index beyond is no index. */
  private static final int MOST_NAMES = 4096;

  private static final int HW = 2;
  private static final int WANTED = 3;
  private static final int ACTIVE = 4;
  private static final int NOCHANGE = 5;

  private static final int PHY_DRIVER = 3;

  private static final int NOMASK = 1;
  private static final int BITS = 3;
  private static final int VALUE = 4;
  private static final int BIT_INDEX = 1;
  private static final int BIT_NAME = 2;
  private static final int BIT_VALUE = 3;

  private static final boolean LITTLE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

  private final GenericFamily family;

  EthtoolMessages(GenericFamily family) {
    this.family = family;
  }

  /** Asks for the names of the features that this kernel has; a header without an interface. */
  MessageBuilder featureNames() {
    return family
        .get(STRSET_GET)
        .nested(HEADER, header -> {})
        .nested(
            STRINGSETS,
            sets -> sets.nested(STRINGSET, set -> set.u32(STRINGSET_ID, SET_OF_FEATURES)));
  }

  /** Asks for the features of an interface. */
  MessageBuilder features(String interfaceName, boolean compact) {
    return family
        .get(FEATURES_GET)
        .nested(HEADER, header -> flags(header.string(DEV_NAME, interfaceName), compact));
  }

  /** Asks for the features of all interfaces of the namespace, in a dump. */
  MessageBuilder allFeatures() {
    return family.dump(FEATURES_GET).nested(HEADER, header -> flags(header, true));
  }

  private static MessageBuilder flags(MessageBuilder header, boolean compact) {
    return compact ? header.u32(FLAGS, FLAG_COMPACT) : header;
  }

  /** Asks for the PHYs of an interface, in a dump: without one, a plain request has no answer. */
  MessageBuilder phys(String interfaceName) {
    return family.dump(PHY_GET).nested(HEADER, header -> header.string(DEV_NAME, interfaceName));
  }

  /** Reads the names of the features; an index without a name has an empty one. */
  static List<String> featureNames(NetlinkMessage answer) {
    List<String> names = new ArrayList<>();
    for (Attribute set : answer.attributes(GenericFamily.HEADER).nested(STRINGSETS)) {
      if (set.nested().u32(STRINGSET_ID).orElse(0) == SET_OF_FEATURES) {
        set.nested().nested(STRINGS).forEach(string -> put(names, string.nested()));
      }
    }
    return List.copyOf(names);
  }

  private static void put(List<String> names, Attributes string) {
    int index = string.require(STRING_INDEX).u32();
    if (index < 0 || index >= MOST_NAMES) {
      throw new MalformedMessageException("a feature has number " + index);
    }
    while (names.size() <= index) {
      names.add("");
    }
    names.set(index, string.require(STRING_VALUE).string());
  }

  /**
   * Reads the features of an interface.
   *
   * @param names of the features, by their numbers, for the compact form
   */
  static DeviceFeatures features(NetlinkMessage message, List<String> names) {
    Attributes attributes = message.attributes(GenericFamily.HEADER);
    Attributes header = attributes.nested(HEADER);
    return new DeviceFeatures(
        header.u32(DEV_INDEX).orElse(0),
        header.require(DEV_NAME).string(),
        bits(attributes.nested(HW), names),
        bits(attributes.nested(WANTED), names),
        bits(attributes.nested(ACTIVE), names),
        bits(attributes.nested(NOCHANGE), names));
  }

  /** Reads the PHYs of an interface, one message each. */
  static PhyInfo phys(List<NetlinkMessage> answers) {
    List<String> drivers = new ArrayList<>();
    for (NetlinkMessage answer : answers) {
      Attribute driver = answer.attributes(GenericFamily.HEADER).find(PHY_DRIVER);
      if (driver != null) {
        drivers.add(driver.string());
      }
    }
    PhyPresence presence = answers.isEmpty() ? PhyPresence.ABSENT : PhyPresence.PRESENT;
    return new PhyInfo(presence, drivers);
  }

  /** The names of the bits that are set. */
  private static Set<String> bits(Attributes bitset, List<String> names) {
    IntFunction<String> nameOf =
        index -> index >= 0 && index < names.size() ? names.get(index) : "feature " + index;
    Set<String> set = new TreeSet<>();
    Attribute words = bitset.find(VALUE);
    if (words != null) {
      compact(words.bytes(), nameOf, set);
      return set;
    }
    boolean listed = bitset.find(NOMASK) != null;
    for (Attribute bit : bitset.nested(BITS)) {
      Attributes one = bit.nested();
      if (listed || one.find(BIT_VALUE) != null) {
        Attribute name = one.find(BIT_NAME);
        set.add(name == null ? nameOf.apply(one.require(BIT_INDEX).u32()) : name.string());
      }
    }
    return set;
  }

  /** Words of 32 bits in the byte order of the machine, the lowest bits first. */
  private static void compact(byte[] words, IntFunction<String> nameOf, Set<String> set) {
    for (int index = 0; index < words.length / Integer.BYTES * Integer.SIZE; index++) {
      int inWord = index % Integer.SIZE / Byte.SIZE;
      int octet = index / Integer.SIZE * Integer.BYTES + (LITTLE ? inWord : 3 - inWord);
      if ((words[octet] >> index % Byte.SIZE & 1) != 0) {
        set.add(nameOf.apply(index));
      }
    }
  }

  /** Whether a notice is about features. */
  static boolean isAboutFeatures(NetlinkMessage notice, GenericFamily family) {
    return notice.type() == family.id() && GenericFamily.command(notice) == FEATURES_NTF;
  }
}
