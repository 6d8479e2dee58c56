/**
 * Deterministic simulation: whole worlds of hosts, wires and mishaps that follow from one number,
 * and the rules that must hold in each of them.
 *
 * <p>{@link org.macsec4j.testkit.simulation.Simulation} plays the world of a seed; the rest of the
 * package is what such a world is made of. The hosts run the real MKA engine over the real data
 * plane of {@link org.macsec4j.testkit.dataplane}; only time, chance and the wire are made up.
 */
@NullMarked
package org.macsec4j.testkit.simulation;

import org.jspecify.annotations.NullMarked;
