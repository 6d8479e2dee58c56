package org.macsec4j.examples.inspect;

/**
 * What a first reading of a capture tells.
 *
 * @param format the kind of file
 * @param frames how many frames it holds, up to where it breaks when it does
 * @param firstNanos when the first frame was seen; {@link CapturedFrame#NO_TIME} when nobody knows
 * @param lastNanos when the last frame was seen
 * @param cast who appears
 */
record Overview(String format, long frames, long firstNanos, long lastNanos, Cast cast) {}
