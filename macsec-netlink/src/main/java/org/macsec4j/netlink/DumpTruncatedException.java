package org.macsec4j.netlink;

import org.macsec4j.MacsecException;

/**
 * The kernel's report of its SecYs ends before a SecY that exists.
 *
 * <p>A SecY with about 115 receive channels or more does not fit into one message. The kernel then
 * ends the report without an error, and leaves out that SecY and all that would follow it. Links
 * are reported apart from it, so that is how this is noticed. The SecY works; it cannot be read.
 */
public final class DumpTruncatedException extends MacsecException {
  private static final long serialVersionUID = 1L;

  DumpTruncatedException(String operation, String hidden) {
    super(
        Kind.LIMIT,
        operation
            + ": the kernel's report ends before "
            + hidden
            + ", which exists: a SecY with more than about 114 receive channels does not fit into"
            + " it, and hides itself and all after it; spread the peers over several SecYs");
  }
}
