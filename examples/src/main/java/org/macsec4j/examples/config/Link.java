package org.macsec4j.examples.config;

import org.macsec4j.mka.MkaConfig;

/**
 * A link that a file asks for.
 *
 * @param interfaceName the interface that is to be secured
 * @param mka how
 */
public record Link(String interfaceName, MkaConfig mka) {}
