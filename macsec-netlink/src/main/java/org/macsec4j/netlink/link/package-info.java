/**
 * What happens on interfaces: links that come, change and go, and the EAPOL frames that pass beside
 * a SecY.
 */
@NullMarked
package org.macsec4j.netlink.link;

import org.jspecify.annotations.NullMarked;
