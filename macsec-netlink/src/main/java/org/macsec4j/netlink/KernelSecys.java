package org.macsec4j.netlink;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.macsec4j.MacsecException;
import org.macsec4j.SecyId;
import org.macsec4j.SecySnapshot;
import org.macsec4j.netlink.macsec.LinkInfo;
import org.macsec4j.netlink.macsec.MacsecRequests;
import org.macsec4j.netlink.macsec.SecyDecoder;
import org.macsec4j.netlink.macsec.SecyReport;
import org.macsec4j.netlink.transport.NetlinkConnection;
import org.macsec4j.netlink.transport.NetlinkException;
import org.macsec4j.netlink.wire.MessageBuilder;
import org.macsec4j.netlink.wire.NetlinkMessage;

/**
 * The SecYs of the namespace, as the driver reports them.
 *
 * <p>The report may end too early without a word, see {@link DumpTruncatedException}. So it is
 * never the proof that a SecY is not there; the links are.
 */
final class KernelSecys {
  private final NetlinkConnection generic;
  private final MacsecRequests requests;
  private final KernelLinks links;

  KernelSecys(NetlinkConnection generic, MacsecRequests requests, KernelLinks links) {
    this.generic = generic;
    this.requests = requests;
    this.links = links;
  }

  MacsecRequests requests() {
    return requests;
  }

  void change(String operation, MessageBuilder request) {
    generic.change(operation, request);
  }

  /** What the kernel reports, by the number of the secured interface. */
  private Map<Integer, SecyReport> reported() {
    Map<Integer, SecyReport> found = new LinkedHashMap<>();
    for (NetlinkMessage message : messages()) {
      SecyReport report = SecyDecoder.decode(message);
      found.put(report.index(), report);
    }
    return found;
  }

  /** The kernel knows no question about one SecY: it tells of all. */
  private List<NetlinkMessage> messages() {
    try {
      return generic.dump("list the SecYs", requests.all());
    } catch (NetlinkException e) {
      throw Refusals.of("cannot list the SecYs", e);
    }
  }

  /** The report of a SecY; empty when the kernel has none. */
  Optional<SecyReport> find(SecyId secy) {
    return messages().stream()
        .filter(message -> SecyDecoder.index(message) == secy.index())
        .findFirst()
        .map(SecyDecoder::decode);
  }

  /** The report of a SecY. */
  SecyReport require(SecyId secy, String operation) {
    return find(secy).orElseThrow(() -> missing(secy, operation));
  }

  /** All SecYs, by the number of the secured interface. */
  List<SecySnapshot> snapshots() {
    List<LinkInfo> present = links.macsec();
    Map<Integer, SecyReport> reports = reported();
    Function<LinkInfo, String> parents = links.parentNames(present);
    List<SecySnapshot> snapshots = new ArrayList<>();
    for (LinkInfo link : present) {
      SecyReport report = reports.get(link.index());
      if (report != null) {
        snapshots.add(report.snapshot(link, parents.apply(link)));
      } else if (links.find(link.index()).isPresent()) {
        throw new DumpTruncatedException("cannot read all SecYs", link.name());
      }
    }
    return snapshots;
  }

  private MacsecException missing(SecyId secy, String operation) {
    String cannot = "cannot " + operation + " " + secy;
    try {
      requireLink(secy, operation);
      return new DumpTruncatedException(cannot, secy.name());
    } catch (MacsecException e) {
      return e;
    }
  }

  /** The secured interface of a SecY. */
  LinkInfo requireLink(SecyId secy, String operation) {
    Optional<LinkInfo> link = links.find(secy.index()).filter(LinkInfo::isMacsec);
    return link.orElseThrow(
        () -> {
          List<String> names = links.macsec().stream().map(LinkInfo::name).toList();
          return new MacsecException(
              MacsecException.Kind.NOT_FOUND,
              "cannot "
                  + operation
                  + " "
                  + secy
                  + ": there is no such SecY any more; there is "
                  + (names.isEmpty() ? "none" : String.join(", ", names)));
        });
  }
}
