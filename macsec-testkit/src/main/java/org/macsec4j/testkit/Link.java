package org.macsec4j.testkit;

import java.util.List;

/** A wire between two interfaces, made by {@link Lab#wire}. */
public final class Link extends Medium<Link> {
  Link(Lab lab, VirtualInterface left, VirtualInterface right) {
    super(lab, List.of(left, right));
  }

  @Override
  Link self() {
    return this;
  }
}
