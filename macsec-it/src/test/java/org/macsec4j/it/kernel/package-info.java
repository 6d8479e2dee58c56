/**
 * The Linux backend on real kernels, each in a guest of its own. What is to be shown stands in the
 * classes named {@code …Cases}; {@code Linux61Test} and {@code Linux612Test} say on which kernel.
 */
@NullMarked
package org.macsec4j.it.kernel;

import org.jspecify.annotations.NullMarked;
