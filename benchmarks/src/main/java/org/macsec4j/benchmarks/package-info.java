/**
 * What the library costs beyond the cryptography it cannot do without: each benchmark has a twin
 * that does the bare cryptography on the same octets, and {@link org.macsec4j.benchmarks.Ratios}
 * sets the two side by side.
 */
@NullMarked
package org.macsec4j.benchmarks;

import org.jspecify.annotations.NullMarked;
