package org.macsec4j.mka.wire;

import java.util.Objects;
import org.macsec4j.Sci;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.MacsecCapability;
import org.macsec4j.mka.MemberIdentifier;

/**
 * The basic parameter set (IEEE 802.1X 11.11.1, figure 11-8): who speaks, and under which name.
 *
 * @param version the sender's MKA version, 0..255; 1 is 802.1X-2010, 2 is 802.1Xbx-2014, 3 is
 *     802.1X-2020. A higher one is processed as 3
 * @param keyServerPriority 0..255, the lowest becomes key server; 255 is the last choice
 * @param keyServer whether the sender takes itself for the key server
 * @param macsecDesired whether the sender wants frames protected
 * @param macsecCapability what the sender's SecY can do
 * @param sci the SCI of the sender
 * @param actorMemberIdentifier the sender's member identifier
 * @param actorMessageNumber the sender's message number, 0..2^32 - 1; counts from 1
 * @param algorithmAgility which algorithms derive keys and the ICV; {@link #ALGORITHM_AGILITY} for
 *     those of the standard
 * @param ckn the name of the CAK that protects the MKPDU
 */
public record BasicParameterSet(
    int version,
    int keyServerPriority,
    boolean keyServer,
    boolean macsecDesired,
    MacsecCapability macsecCapability,
    Sci sci,
    MemberIdentifier actorMemberIdentifier,
    long actorMessageNumber,
    int algorithmAgility,
    Ckn ckn) {
  /** The algorithms of 802.1X (table 11-8): AES-CMAC and AES key wrap. */
  public static final int ALGORITHM_AGILITY = 0x0080_C201;

  /**
   * Checks the ranges.
   *
   * @param version the sender's MKA version, 0..255
   * @param keyServerPriority 0..255, the lowest becomes key server
   * @param keyServer whether the sender takes itself for the key server
   * @param macsecDesired whether the sender wants frames protected
   * @param macsecCapability what the sender's SecY can do
   * @param sci the SCI of the sender
   * @param actorMemberIdentifier the sender's member identifier
   * @param actorMessageNumber the sender's message number, 0..2^32 - 1
   * @param algorithmAgility which algorithms derive keys and the ICV
   * @param ckn the name of the CAK that protects the MKPDU
   */
  public BasicParameterSet {
    Ranges.check("an MKA version", version, 0xFF);
    Ranges.check("a key server priority", keyServerPriority, 0xFF);
    Objects.requireNonNull(macsecCapability, "macsecCapability");
    Objects.requireNonNull(sci, "sci");
    Objects.requireNonNull(actorMemberIdentifier, "actorMemberIdentifier");
    Ranges.check("a message number", actorMessageNumber, Ranges.MAX_U32);
    Objects.requireNonNull(ckn, "ckn");
  }
}
