/**
 * Runs the MKA engine: {@link org.macsec4j.mka.runtime.MkaSession} joins an interface, a SecY, the
 * engine and a clock. The only package of this module that knows threads and time.
 */
@NullMarked
package org.macsec4j.mka.runtime;

import org.jspecify.annotations.NullMarked;
