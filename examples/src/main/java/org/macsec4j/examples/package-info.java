/**
 * Small programs to start from. Each is whole, runs without root on the simulator, and is run by a
 * test, so that it stays true.
 */
@NullMarked
package org.macsec4j.examples;

import org.jspecify.annotations.NullMarked;
