/**
 * The {@code macsec} command: one class for each subcommand, none of which does the work itself.
 */
@NullMarked
package org.macsec4j.examples.cli;

import org.jspecify.annotations.NullMarked;
