/**
 * Arbitrary values for property tests: {@link org.macsec4j.testkit.jqwik.MacsecArbitraries} for the
 * model of 802.1AE, {@link org.macsec4j.testkit.jqwik.MkpduArbitraries} for MKA. Needs jqwik.
 */
@NullMarked
package org.macsec4j.testkit.jqwik;

import org.jspecify.annotations.NullMarked;
