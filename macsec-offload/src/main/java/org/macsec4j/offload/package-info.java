/**
 * MACsec in network hardware: what a card claims, what it really does, and the policy to use it.
 *
 * <p>None of it is there yet: this module holds its name and its place in the house.
 */
@NullMarked
package org.macsec4j.offload;

import org.jspecify.annotations.NullMarked;
