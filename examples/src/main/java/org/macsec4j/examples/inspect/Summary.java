package org.macsec4j.examples.inspect;

/**
 * The counters of an inspection.
 *
 * @param frames all frames of the file, of any protocol
 * @param mkpdu well-formed MKPDUs: icvOk + icvBad + icvUnchecked
 * @param icvOk those whose ICV holds
 * @param icvBad those whose CKN was given and whose ICV holds under none of its CAKs
 * @param icvUnchecked those whose CKN was not given
 * @param malformed MKPDUs and SecTAGs that break their own rules
 * @param saks distinct SAKs unwrapped
 * @param macsec frames with a good SecTAG: macsecOk + macsecBad + macsecNoKey
 * @param macsecOk those that a key authenticates
 * @param macsecBad those for whose SCI and AN there are keys that all fail
 * @param macsecNoKey those for whose SCI and AN there is no key
 */
public record Summary(
    long frames,
    long mkpdu,
    long icvOk,
    long icvBad,
    long icvUnchecked,
    long malformed,
    long saks,
    long macsec,
    long macsecOk,
    long macsecBad,
    long macsecNoKey) {}
