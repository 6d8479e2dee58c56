/**
 * MKA in the words of IEEE Std 802.1X: the values that an application gives and is given.
 *
 * <p>{@link org.macsec4j.mka.MkaConfig} says what a port shall be, {@link
 * org.macsec4j.mka.MkaStatus} what it is, {@link org.macsec4j.mka.MkaEvent} what happened, and
 * {@link org.macsec4j.mka.MkaDiagnosis}, in words, why it is not secured.
 */
@NullMarked
package org.macsec4j.mka;

import org.jspecify.annotations.NullMarked;
