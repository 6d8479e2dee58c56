package org.macsec4j.examples.inspect;

import java.util.Optional;
import org.macsec4j.Sci;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.wire.EapolHeader;
import org.macsec4j.mka.wire.Mkpdu;
import org.macsec4j.testkit.dataplane.SecTag;

/** What was found in one frame. Frames of other protocols are counted, not found. */
sealed interface Finding {
  /** The frame as captured. */
  CapturedFrame frame();

  /**
   * An MKPDU.
   *
   * @param frame the frame
   * @param header its Ethernet and EAPOL header
   * @param mkpdu all parameter sets
   * @param icv what became of its ICV
   * @param sak the key of its Distributed SAK, when it could be unwrapped
   * @param cakName the name of its Distributed CAK, when that could be unwrapped
   */
  record MkaFrame(
      CapturedFrame frame,
      EapolHeader header,
      Mkpdu mkpdu,
      IcvVerdict icv,
      Optional<KnownSak> sak,
      Optional<Ckn> cakName)
      implements Finding {}

  /**
   * A MACsec frame.
   *
   * @param frame the frame
   * @param view the frame without outer VLAN tags
   * @param tag its SecTAG
   * @param sci the SCI of its sender; empty when the tag does not tell and no key does
   * @param verdict what became of it
   * @param opened what it holds, when a key authenticates it
   */
  record MacsecFrame(
      CapturedFrame frame,
      EthernetView view,
      SecTag tag,
      Optional<Sci> sci,
      DataVerdict verdict,
      Optional<OpenedFrame> opened)
      implements Finding {}

  /**
   * An MKPDU or SecTAG that breaks its own rules.
   *
   * @param frame the frame
   * @param protocol "mka" or "macsec"
   * @param source the source address
   * @param why what is wrong, in words
   * @param offset where in the frame, in octets from its start
   */
  record Malformed(CapturedFrame frame, String protocol, String source, String why, int offset)
      implements Finding {}

  /**
   * An MKPDU or MACsec frame of which the capture kept only the beginning.
   *
   * @param frame the frame
   * @param protocol "mka" or "macsec"
   * @param source the source address
   */
  record Cut(CapturedFrame frame, String protocol, String source) implements Finding {}
}
