package org.macsec4j.mka.statespace;

import org.macsec4j.mka.wire.MalformedMkpduException;
import org.macsec4j.mka.wire.Mkpdu;
import org.macsec4j.mka.wire.MkpduDecoder;

/**
 * A frame on its way. Told from others by what is in it; the ICV follows from that.
 *
 * @param number which of all frames of a search it is
 * @param octets the frame
 * @param mkpdu what it says
 * @param content the same, taken down
 */
@SuppressWarnings("ArrayRecordComponent") // octets on their way, never compared
record Frame(int number, byte[] octets, Mkpdu mkpdu, Frozen content) {
  static Frame of(ObjectGraph graph, byte[] octets) {
    try {
      Mkpdu mkpdu = MkpduDecoder.DEFAULT.decode(octets);
      Frozen content = graph.freezeValue(new Mkpdu(mkpdu.basic(), mkpdu.sets()));
      return new Frame(graph.nextNumber(), octets, mkpdu, content);
    } catch (MalformedMkpduException e) {
      throw new AssertionError("a member sends what cannot be read", e);
    }
  }

  void addTo(Numbering numbering) {
    content.addTo(numbering, null);
  }

  void addTo(Fingerprint target, Numbering numbering) {
    content.addTo(target, numbering, null, 0, 0);
  }
}
