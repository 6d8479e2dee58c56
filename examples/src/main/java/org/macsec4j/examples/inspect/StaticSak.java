package org.macsec4j.examples.inspect;

import java.util.Arrays;
import javax.security.auth.Destroyable;
import org.jspecify.annotations.Nullable;
import org.macsec4j.AssociationNumber;
import org.macsec4j.Salt;
import org.macsec4j.Sci;

/** A SAK as the user gives it: the key of one SA of one SCI. */
public final class StaticSak implements Destroyable {
  private final Sci sci;
  private final AssociationNumber an;
  private final byte[] octets;
  private final @Nullable Salt salt;
  private final int ssci;
  private boolean destroyed;

  /**
   * A key of which no more is known.
   *
   * @param sci whose frames it protects
   * @param an in which SA
   * @param octets 16 or 32 octets; copied
   */
  public StaticSak(Sci sci, AssociationNumber an, byte[] octets) {
    this(sci, an, octets, null, 0);
  }

  /**
   * A key with what belongs to each nonce of an XPN suite.
   *
   * @param sci whose frames it protects
   * @param an in which SA
   * @param octets 16 or 32 octets; copied
   * @param salt its salt; null when it has none, or it is not known here
   * @param ssci the SSCI of its sender; 0 when it has none, or it is not known here
   */
  public StaticSak(Sci sci, AssociationNumber an, byte[] octets, @Nullable Salt salt, int ssci) {
    if (octets.length != 16 && octets.length != 32) {
      throw new IllegalArgumentException("a SAK has 16 or 32 octets, not " + octets.length);
    }
    this.sci = sci;
    this.an = an;
    this.octets = octets.clone();
    this.salt = salt;
    this.ssci = ssci;
  }

  Sci sci() {
    return sci;
  }

  AssociationNumber an() {
    return an;
  }

  byte[] octets() {
    return octets.clone();
  }

  @Nullable Salt salt() {
    return salt;
  }

  int ssci() {
    return ssci;
  }

  @Override
  public void destroy() {
    destroyed = true;
    Arrays.fill(octets, (byte) 0);
  }

  @Override
  public boolean isDestroyed() {
    return destroyed;
  }

  /** Whose it is; never the octets. */
  @Override
  public String toString() {
    return "SAK of " + sci + ", AN " + an;
  }
}
