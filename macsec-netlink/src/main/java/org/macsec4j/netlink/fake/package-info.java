/**
 * A system without a kernel, for tests: {@link org.macsec4j.netlink.fake.FakeLibc} answers netlink
 * requests by a function, and keeps the EAPOL frames that were sent.
 */
@NullMarked
package org.macsec4j.netlink.fake;

import org.jspecify.annotations.NullMarked;
