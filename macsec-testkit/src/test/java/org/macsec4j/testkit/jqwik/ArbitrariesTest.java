package org.macsec4j.testkit.jqwik;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.macsec4j.CipherSuite;
import org.macsec4j.InvalidConfigurationException;
import org.macsec4j.ReceiveSa;
import org.macsec4j.Sci;
import org.macsec4j.Secy;
import org.macsec4j.SecyConfig;
import org.macsec4j.TransmitSa;
import org.macsec4j.mka.wire.EapolHeader;
import org.macsec4j.mka.wire.MalformedMkpduException;
import org.macsec4j.mka.wire.Mkpdu;
import org.macsec4j.mka.wire.MkpduDecoder;
import org.macsec4j.mka.wire.MkpduEncoder;
import org.macsec4j.testkit.Host;
import org.macsec4j.testkit.Lab;

class ArbitrariesTest {
  @Provide
  Arbitrary<SecyConfig> configs() {
    return MacsecArbitraries.secyConfigs("eth0");
  }

  @Provide
  Arbitrary<SecyConfig.Builder> invalidConfigs() {
    return MacsecArbitraries.invalidSecyConfigs("eth0");
  }

  @Provide
  Arbitrary<TransmitSa> transmitSas() {
    return MacsecArbitraries.transmitSas(CipherSuite.GCM_AES_XPN_256);
  }

  @Provide
  Arbitrary<ReceiveSa> receiveSas() {
    return MacsecArbitraries.receiveSas(CipherSuite.GCM_AES_128);
  }

  @Provide
  Arbitrary<Sci> scis() {
    return MacsecArbitraries.secyScis();
  }

  @Provide
  Arbitrary<Mkpdu> mkpdus() {
    return MkpduArbitraries.mkpdus();
  }

  @Provide
  Arbitrary<EapolHeader> headers() {
    return MkpduArbitraries.headers();
  }

  @Property(tries = 200)
  void theSimulatorTakesEveryValidConfiguration(@ForAll("configs") SecyConfig config) {
    Lab lab = Lab.create(1);
    Host host = lab.host("a");
    lab.wire(host, lab.host("b"));

    Secy secy = host.macsec().create(config);

    assertThat(secy.config()).isEqualTo(config);
    assertThat(secy.config().toBuilder().build()).isEqualTo(config);
  }

  @Property(tries = 200)
  void anInvalidConfigurationIsRefused(@ForAll("invalidConfigs") SecyConfig.Builder builder) {
    assertThatThrownBy(builder::build)
        .isInstanceOfSatisfying(
            InvalidConfigurationException.class, e -> assertThat(e.problems()).isNotEmpty());
  }

  @Property(tries = 200)
  void sasFitTheSuiteTheyWereAskedFor(
      @ForAll("transmitSas") TransmitSa transmit, @ForAll("receiveSas") ReceiveSa receive) {
    transmit.checkFor(CipherSuite.GCM_AES_XPN_256);
    receive.checkFor(CipherSuite.GCM_AES_128);
  }

  @Property(tries = 200)
  void scisAreThoseOfASecy(@ForAll("scis") Sci sci) {
    assertThat(SecyConfig.on("eth0").sci(sci).build().port()).isEqualTo(sci.port());
    assertThat(Sci.parse(sci.toString())).isEqualTo(sci);
  }

  @Property(tries = 300)
  void anMkpduSurvivesTheWire(@ForAll("headers") EapolHeader header, @ForAll("mkpdus") Mkpdu mkpdu)
      throws MalformedMkpduException {
    byte[] frame = MkpduEncoder.DEFAULT.encode(header, mkpdu, (in, offset, length, out, at) -> {});

    Mkpdu decoded = MkpduDecoder.DEFAULT.decode(frame);

    assertThat(decoded.basic()).isEqualTo(mkpdu.basic());
    assertThat(decoded.sets()).isEqualTo(mkpdu.sets());
  }
}
