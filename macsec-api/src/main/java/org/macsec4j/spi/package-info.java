/**
 * What a backend implements: {@link org.macsec4j.spi.MacsecBackendProvider} is found by {@link
 * java.util.ServiceLoader} or handed over, and opens a {@link org.macsec4j.spi.MacsecBackend}.
 *
 * <p>Applications use {@link org.macsec4j.Macsec} instead.
 */
@NullMarked
package org.macsec4j.spi;

import org.jspecify.annotations.NullMarked;
