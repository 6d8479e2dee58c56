/**
 * Reads what a link is to be from the files in which people have written it: the {@code macsec}
 * command's own, wpa_supplicant's, NetworkManager's and systemd-networkd's; and writes one as
 * another.
 *
 * <pre>
 *   a file  ──  {@link org.macsec4j.examples.config.LinkFile} tells which format it is
 *     │ lines
 *   Sections  ──  names, values, line numbers; the same for all formats
 *     │
 *   a {@link org.macsec4j.examples.config.Format}  ──  a table of {@code Knob}s, each a name and its way in and out
 *     │
 *   {@link org.macsec4j.examples.config.Link}  ──  an interface and an MkaConfig; of networkd a
 *     {@link org.macsec4j.examples.config.StaticLink}, a SecY and its keys
 * </pre>
 *
 * <p>Each setting of a file is honoured, or noted as one without meaning here, or refused by name
 * and line: none is dropped in silence. All problems are told at once, and none repeats a value
 * that may be a key.
 */
@NullMarked
package org.macsec4j.examples.config;

import org.jspecify.annotations.NullMarked;
