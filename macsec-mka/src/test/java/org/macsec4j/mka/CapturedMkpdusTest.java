package org.macsec4j.mka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.macsec4j.mka.CapturedMkpdus.Frame;
import org.macsec4j.mka.CapturedMkpdus.Verdict;
import org.macsec4j.mka.crypto.MkaKeys;
import org.macsec4j.mka.wire.DistributedSak;
import org.macsec4j.mka.wire.MalformedMkpduException;
import org.macsec4j.mka.wire.Mkpdu;
import org.macsec4j.mka.wire.MkpduDecoder;
import org.macsec4j.mka.wire.MkpduEncoder;
import org.macsec4j.mka.wire.ReceivedMkpdu;
import org.macsec4j.mka.wire.SetOrder;

/** What real implementations sent, read by the codec and the keys together. */
class CapturedMkpdusTest {
  private static final HexFormat HEX = HexFormat.of();

  private final Map<CapturedMkpdus.Key, MkaKeys> derived = new HashMap<>();

  private MkaKeys keys(Frame frame) {
    return derived.computeIfAbsent(
        frame.key().orElseThrow(), key -> MkaKeys.derive(Cak.parse(key.cak()), key.ckn()));
  }

  @Test
  void theRecordingsAreAllThere() {
    assertThat(CapturedMkpdus.all()).hasSize(908);
    assertThat(count(Verdict.OK)).isEqualTo(875);
    assertThat(count(Verdict.BAD)).isEqualTo(22);
    assertThat(count(Verdict.UNCHECKED)).isEqualTo(11);
  }

  private static long count(Verdict verdict) {
    return CapturedMkpdus.all().stream().filter(frame -> frame.verdict() == verdict).count();
  }

  @Test
  void everyFrameIsWellFormedAndItsIcvIsAsExpected() throws MalformedMkpduException {
    for (Frame frame : CapturedMkpdus.all()) {
      ReceivedMkpdu received = MkpduDecoder.DEFAULT.open(frame.octets());
      Mkpdu mkpdu = received.mkpdu();
      assertThat(mkpdu.duplicateSets()).as("%s", frame).isZero();
      if (frame.verdict() == Verdict.UNCHECKED) {
        assertThat(CapturedMkpdus.all())
            .as("%s", frame)
            .noneMatch(
                other ->
                    other.capture().equals(frame.capture())
                        && other.key().isPresent()
                        && other.key().get().ckn().equals(mkpdu.basic().ckn()));
      } else {
        MkaKeys keys = keys(frame);
        assertThat(mkpdu.basic().ckn()).as("%s", frame).isEqualTo(keys.ckn());
        assertThat(received.verify(keys::icvMatches))
            .as("%s", frame)
            .isEqualTo(frame.verdict() == Verdict.OK);
      }
    }
  }

  @Test
  void everySakUnwrapsToTheKnownKeyOfItsSuite() throws MalformedMkpduException {
    Set<String> found = new HashSet<>();
    for (Frame frame : CapturedMkpdus.all()) {
      if (frame.verdict() != Verdict.OK) {
        continue;
      }
      Optional<DistributedSak> set = MkpduDecoder.DEFAULT.decode(frame.octets()).distributedSak();
      Optional<String> sak =
          set.flatMap(distributed -> keys(frame).unwrap(distributed.wrappedKey().toByteArray()))
              .map(HEX::formatHex);
      assertThat(sak).as("%s", frame).isEqualTo(frame.sak());
      sak.ifPresent(
          key ->
              assertThat(key.length() / 2)
                  .as("%s", frame)
                  .isEqualTo(set.orElseThrow().cipherSuite().orElseThrow().keyLength()));
      sak.ifPresent(found::add);
    }
    assertThat(found).hasSize(47);
  }

  @Test
  void whatIsReadIsWrittenAgainOctetForOctet() throws MalformedMkpduException {
    MkpduEncoder asGiven = MkpduEncoder.DEFAULT.withOrder(SetOrder.AS_GIVEN);
    for (Frame frame : CapturedMkpdus.all()) {
      ReceivedMkpdu received = MkpduDecoder.DEFAULT.open(frame.octets());
      byte[] expected = Arrays.copyOf(frame.octets(), received.frameLength());
      byte[] written =
          asGiven.encode(
              received.header(),
              received.mkpdu(),
              (octets, offset, length, target, at) -> {
                if (frame.verdict() == Verdict.OK) {
                  keys(frame).computeIcv(octets, offset, length, target, at);
                } else {
                  System.arraycopy(expected, at, target, at, MkaKeys.ICV_LENGTH);
                }
              });
      assertThat(written).as("%s", frame).isEqualTo(expected);
    }
  }

  @Test
  void wpaSupplicantAndMkaDaemonSendInTheDefaultOrder() throws MalformedMkpduException {
    for (Frame frame : CapturedMkpdus.all()) {
      Mkpdu mkpdu = MkpduDecoder.DEFAULT.decode(frame.octets());
      byte[] written =
          MkpduEncoder.DEFAULT.encode(
              MkpduDecoder.DEFAULT.open(frame.octets()).header(),
              mkpdu,
              (octets, offset, length, target, at) ->
                  mkpdu.icv().orElseThrow().writeTo(target, at));
      assertThat(MkpduDecoder.DEFAULT.decode(written)).as("%s", frame).isEqualTo(mkpdu);
    }
  }

  @Test
  void theIcvHoldsInAnyOrderOfSetsAndWithAnIndicator() throws MalformedMkpduException {
    for (Frame frame : CapturedMkpdus.all()) {
      if (frame.verdict() != Verdict.OK) {
        continue;
      }
      ReceivedMkpdu original = MkpduDecoder.DEFAULT.open(frame.octets());
      Mkpdu mkpdu = original.mkpdu();
      byte[] written =
          MkpduEncoder.DEFAULT
              .withOrder(SetOrder.PEER_LISTS_LAST)
              .withIcvIndicator(true)
              .encode(original.header(), mkpdu, keys(frame)::computeIcv);
      ReceivedMkpdu again = MkpduDecoder.DEFAULT.open(written);
      assertThat(again.verify(keys(frame)::icvMatches)).as("%s", frame).isTrue();
      Mkpdu reordered = again.mkpdu();
      assertThat(reordered.hasIcvIndicator()).isTrue();
      assertThat(reordered.sets()).containsAll(mkpdu.sets());
      assertThat(reordered.livePeers()).isEqualTo(mkpdu.livePeers());
      assertThat(reordered.potentialPeers()).isEqualTo(mkpdu.potentialPeers());
      assertThat(reordered.sakUse()).isEqualTo(mkpdu.sakUse());
      assertThat(reordered.distributedSak()).isEqualTo(mkpdu.distributedSak());
    }
  }
}
