package org.macsec4j.examples.inspect;

import java.util.Arrays;
import javax.security.auth.Destroyable;
import org.macsec4j.AssociationNumber;
import org.macsec4j.Sci;

/** A SAK as the user gives it: the key of one SA of one SCI. */
public final class StaticSak implements Destroyable {
  private final Sci sci;
  private final AssociationNumber an;
  private final byte[] octets;
  private boolean destroyed;

  /**
   * A key.
   *
   * @param sci whose frames it protects
   * @param an in which SA
   * @param octets 16 or 32 octets; copied
   */
  public StaticSak(Sci sci, AssociationNumber an, byte[] octets) {
    if (octets.length != 16 && octets.length != 32) {
      throw new IllegalArgumentException("a SAK has 16 or 32 octets, not " + octets.length);
    }
    this.sci = sci;
    this.an = an;
    this.octets = octets.clone();
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
