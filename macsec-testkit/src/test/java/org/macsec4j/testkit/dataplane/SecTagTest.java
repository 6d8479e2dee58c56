package org.macsec4j.testkit.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Optional;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.macsec4j.AssociationNumber;
import org.macsec4j.Sci;

class SecTagTest {
  /** A frame of a length with this TCI octet and short length, PN 1. */
  private static byte[] frame(int length, int tciAn, int shortLength) {
    byte[] frame = new byte[Math.max(length, 20)];
    SecTag.write(frame, 0, tciAn, 0, 1);
    frame[SecTag.SHORT_LENGTH] = (byte) shortLength;
    return Arrays.copyOf(frame, length);
  }

  private static Optional<DropReason> problem(int length, int tciAn, int shortLength) {
    return SecTag.problem(frame(length, tciAn, shortLength), 8);
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void whatIsWrittenIsRead(
      @ForAll boolean endStation,
      @ForAll boolean singleCopyBroadcast,
      @ForAll boolean encrypted,
      @ForAll boolean changed,
      @ForAll AssociationNumber an,
      @ForAll @IntRange(max = 47) int shortLength,
      @ForAll int packetNumber,
      @ForAll boolean withSci,
      @ForAll long sci) {
    boolean explicit = withSci && !endStation && !singleCopyBroadcast;
    SecTag tag =
        new SecTag(
            endStation,
            singleCopyBroadcast,
            encrypted,
            changed,
            an,
            shortLength,
            packetNumber,
            explicit ? Optional.of(Sci.ofLong(sci)) : Optional.<Sci>empty());
    byte[] frame = new byte[40];
    tag.writeTo(frame, SecTag.START);
    assertThat(SecTag.decode(frame)).contains(tag);
    assertThat(tag.length()).isEqualTo(explicit ? 16 : 8);
  }

  @Property(tries = 2000)
  void anyOctetsAreReadOrRefused(@ForAll @Size(max = 120) byte[] octets) {
    if (octets.length >= 14) {
      Wire.putInt16(octets, SecTag.START, SecTag.ETHER_TYPE);
    }
    boolean whole = SecTag.problem(octets, 8).isEmpty();
    if (whole) {
      assertThat(SecTag.decode(octets)).isPresent();
    }
  }

  @Test
  void theRulesOfClause9Dot12() {
    assertThat(problem(13, 0, 0)).contains(DropReason.RUNT);
    assertThat(SecTag.problem(new byte[60], 16)).contains(DropReason.NO_TAG);
    assertThat(problem(19, 0, 0)).contains(DropReason.TAG_TRUNCATED);
    assertThat(problem(27, SecTag.SC_BIT, 0)).contains(DropReason.TAG_TRUNCATED);
    assertThat(problem(100, SecTag.VERSION_BIT, 0)).contains(DropReason.TAG_VERSION);
    assertThat(problem(100, SecTag.ES_BIT | SecTag.SC_BIT, 0))
        .contains(DropReason.TAG_SCI_CONFLICT);
    assertThat(problem(100, SecTag.SCB_BIT | SecTag.SC_BIT, 0))
        .contains(DropReason.TAG_SCI_CONFLICT);
    assertThat(problem(100, 0, 48)).contains(DropReason.TAG_SHORT_LENGTH);
    assertThat(problem(100, 0, 0x40)).contains(DropReason.TAG_SHORT_LENGTH);
    assertThat(problem(100, 0, 0x80)).contains(DropReason.TAG_SHORT_LENGTH);
  }

  @Test
  void theLengthOfAFrameFollowsFromItsTag() {
    // Addresses, SecTAG, 48 octets of data or the short length, ICV of 16 or, with C, of 8 here.
    assertThat(problem(12 + 8 + 48 + 16, 0, 0)).isEmpty();
    assertThat(problem(12 + 8 + 47 + 16, 0, 0)).contains(DropReason.TAG_LENGTH);
    assertThat(problem(12 + 16 + 48 + 16, SecTag.SC_BIT, 0)).isEmpty();
    assertThat(problem(12 + 16 + 47 + 16, SecTag.SC_BIT, 0)).contains(DropReason.TAG_LENGTH);
    assertThat(problem(12 + 8 + 48 + 8, SecTag.C_BIT, 0)).isEmpty();
    assertThat(problem(12 + 8 + 47 + 8, SecTag.C_BIT, 0)).contains(DropReason.TAG_LENGTH);
    assertThat(problem(12 + 8 + 47 + 16, 0, 47)).isEmpty();
    assertThat(problem(12 + 8 + 46 + 16, 0, 47)).contains(DropReason.TAG_LENGTH);
    assertThat(problem(12 + 8 + 48 + 16, 0, 47)).contains(DropReason.TAG_LENGTH);
    assertThat(problem(12 + 8 + 1 + 8, SecTag.C_BIT, 1)).isEmpty();
  }

  @Test
  void whatAnEthernetMacFillsAShortFrameWithIsLeftOut() {
    Rig rig = Rig.link(Rig.config().icvLength(8).includeSci(false).endStation(true));
    byte[] user = Rig.frame(10);
    byte[] wire = rig.alice.protect(user);
    assertThat(wire).hasSize(40);

    assertThat(rig.bob.validate(Arrays.copyOf(wire, 61))).isNull();
    assertThat(rig.bob.lastDrop()).contains(DropReason.TAG_LENGTH);
    assertThat(rig.bob.validate(Arrays.copyOf(wire, 60))).isEqualTo(user);
  }

  @Test
  void aTagThatCannotBeIsRefused() {
    Optional<Sci> sci = Optional.of(Rig.ALICE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SecTag(true, false, true, true, Rig.AN_0, 0, 1, sci));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SecTag(false, true, true, true, Rig.AN_0, 0, 1, sci));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SecTag(false, false, true, true, Rig.AN_0, 48, 1, sci));
  }
}
