/**
 * Tests over all modules: the architecture of the house, and later the real kernel and real peers.
 */
@NullMarked
package org.macsec4j.it;

import org.jspecify.annotations.NullMarked;
