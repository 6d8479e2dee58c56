package org.macsec4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class ValuesPropertyTest {
  @Property
  void aMacAddressSurvivesTextAndOctets(
      @ForAll @LongRange(max = 0xFFFF_FFFF_FFFFL) long value, @ForAll @IntRange(max = 9) int at) {
    MacAddress address = new MacAddress(value);
    byte[] frame = new byte[at + MacAddress.LENGTH];
    address.writeTo(frame, at);

    assertThat(MacAddress.of(frame, at)).isEqualTo(address);
    assertThat(MacAddress.parse(address.toString())).isEqualTo(address);
    assertThat(MacAddress.parse(address.toString().toUpperCase(Locale.ROOT))).isEqualTo(address);
  }

  @Property
  void anSciSurvivesTextNumberAndOctets(@ForAll long value) {
    Sci sci = Sci.ofLong(value);

    assertThat(sci.toLong()).isEqualTo(value);
    assertThat(Sci.parse(sci.toString())).isEqualTo(sci);
    assertThat(Sci.parse(sci.toHex())).isEqualTo(sci);
    assertThat(Sci.of(sci.toByteArray(), 0)).isEqualTo(sci);
    assertThat(new BigInteger(1, sci.toByteArray())).isEqualTo(new BigInteger(sci.toHex(), 16));
  }

  @Property
  void packetNumbersAndScisAreOrderedAsUnsignedNumbers(@ForAll long left, @ForAll long right) {
    int order =
        new BigInteger(Long.toUnsignedString(left))
            .compareTo(new BigInteger(Long.toUnsignedString(right)));

    assertThat(Integer.signum(PacketNumber.of(left).compareTo(PacketNumber.of(right))))
        .isEqualTo(order);
    assertThat(Integer.signum(Sci.ofLong(left).compareTo(Sci.ofLong(right)))).isEqualTo(order);
    assertThat(PacketNumber.of(left)).hasToString(Long.toUnsignedString(left));
  }

  @Property
  void aKeySurvivesItsHolder(@ForAll @Size(32) byte[] octets) {
    KeyIdentifier identifier = KeyIdentifier.parse("01");
    SecureAssociationKey key = SecureAssociationKey.of(identifier, octets);

    assertThat(key.toByteArray()).isEqualTo(octets);
    assertThat(key.copy()).isEqualTo(key);
  }
}
