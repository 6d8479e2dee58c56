package org.macsec4j.offload;

import java.util.Optional;

/**
 * An interface claims something else than before.
 *
 * @param interfaceName the interface
 * @param before what it claimed; empty when it was not there
 * @param now what it claims
 */
public record ClaimChange(String interfaceName, Optional<FeatureClaim> before, FeatureClaim now) {}
