/**
 * MACsec in network hardware: what a card claims, what is known of its driver, and what it really
 * does. Three answers that are kept apart, as the first is a hint, the second was read in a source,
 * and only the third is a fact. And whether the wire is protected, whoever does it.
 */
@NullMarked
package org.macsec4j.offload;

import org.jspecify.annotations.NullMarked;
