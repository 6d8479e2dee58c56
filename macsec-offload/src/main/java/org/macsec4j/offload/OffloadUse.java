package org.macsec4j.offload;

import java.util.List;
import org.macsec4j.OffloadMode;
import org.macsec4j.SecySnapshot;

/**
 * What of an interface's hardware is in use, by SecYs of the same network namespace; those of
 * another one are not seen.
 *
 * @param secys SecYs with offload, each with a transmit channel
 * @param receiveScs their receive channels
 * @param transmitSas their transmit SAs
 * @param receiveSas their receive SAs
 */
public record OffloadUse(int secys, int receiveScs, int transmitSas, int receiveSas) {
  static OffloadUse of(String interfaceName, List<SecySnapshot> all) {
    List<SecySnapshot> here =
        all.stream()
            .filter(secy -> secy.offload() != OffloadMode.SOFTWARE)
            .filter(secy -> secy.config().parent().equals(interfaceName))
            .toList();
    return new OffloadUse(
        here.size(),
        here.stream().mapToInt(secy -> secy.receiveScs().size()).sum(),
        here.stream().mapToInt(secy -> secy.transmitSc().sas().size()).sum(),
        here.stream()
            .flatMap(secy -> secy.receiveScs().stream())
            .mapToInt(channel -> channel.sas().size())
            .sum());
  }
}
