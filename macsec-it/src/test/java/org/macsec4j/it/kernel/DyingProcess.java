package org.macsec4j.it.kernel;

import org.macsec4j.AssociationNumber;
import org.macsec4j.LeftOver;
import org.macsec4j.Macsec;
import org.macsec4j.Secy;
import org.macsec4j.netlink.LinuxBackend;

/** A process that dies in a rotation, before one of its requests; 0 is returned if it has less. */
final class DyingProcess {
  static final int DIED = 9;

  private DyingProcess() {}

  /** The arguments: number of the request, association number to change to, their key, ours. */
  public static void main(String[] arguments) {
    int step = Integer.parseInt(arguments[0]);
    AssociationNumber an = AssociationNumber.of(Integer.parseInt(arguments[1]));
    int theirs = Integer.parseInt(arguments[2]);
    int ours = Integer.parseInt(arguments[3]);
    Seam seam = new Seam();
    LinuxBackend backend =
        LinuxBackend.builder().namespace("left").leftOver(LeftOver.KEEP).open(seam);
    Secy secy = Macsec.using(backend).create(SecuredPair.CONFIG);
    seam.hook(
        request -> {
          if (seam.changes() == step) {
            Runtime.getRuntime().halt(DIED);
          }
          return request;
        });
    backend.rotate(secy.id(), SecuredPair.both(Pair.RIGHT_SCI, an, theirs, ours));
  }
}
