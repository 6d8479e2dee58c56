package org.macsec4j.examples.inspect;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.macsec4j.Salt;
import org.macsec4j.Sci;
import org.macsec4j.mka.Cak;
import org.macsec4j.mka.Ckn;

/**
 * What the user knows of a capture's keys.
 *
 * @param caks CAKs and their names; a name may come more than once, then each of its CAKs is tried
 * @param saks SAKs of single SAs; an SCI and AN may come more than once
 * @param salt the salt of the given SAKs, which makes them keys of an XPN suite
 * @param sscis the SSCIs that are known
 */
public record InspectKeys(
    List<NamedCak> caks, List<StaticSak> saks, Optional<Salt> salt, Map<Sci, Integer> sscis) {
  /** No keys at all. */
  public static final InspectKeys NONE =
      new InspectKeys(List.of(), List.of(), Optional.empty(), Map.of());

  /** Copies the lists. */
  public InspectKeys {
    caks = List.copyOf(caks);
    saks = List.copyOf(saks);
    sscis = Map.copyOf(sscis);
  }

  /**
   * A CAK and its name.
   *
   * @param ckn the name
   * @param cak the key
   */
  public record NamedCak(Ckn ckn, Cak cak) {}

  /** Zeroes all keys. */
  public void destroy() {
    caks.forEach(named -> named.cak().destroy());
    saks.forEach(StaticSak::destroy);
  }
}
