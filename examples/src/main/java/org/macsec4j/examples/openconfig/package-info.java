/** The state of links as OpenConfig's model of MACsec has it, for collectors that speak it. */
@NullMarked
package org.macsec4j.examples.openconfig;

import org.jspecify.annotations.NullMarked;
