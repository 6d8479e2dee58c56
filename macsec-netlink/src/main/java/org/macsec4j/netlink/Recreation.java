package org.macsec4j.netlink;

import java.util.Optional;
import org.macsec4j.CipherSuite;
import org.macsec4j.MacsecException;
import org.macsec4j.MacsecException.Kind;
import org.macsec4j.OffloadMode;
import org.macsec4j.OffloadPolicy;
import org.macsec4j.ReceiveScSnapshot;
import org.macsec4j.SecyChange;
import org.macsec4j.SecyCommand;
import org.macsec4j.SecyConfig;
import org.macsec4j.SecyId;
import org.macsec4j.netlink.macsec.LinkInfo;
import org.macsec4j.netlink.macsec.LinkRequests;
import org.macsec4j.netlink.macsec.MacsecLink;
import org.macsec4j.netlink.macsec.SecyReport;

/**
 * Another cipher suite for a SecY, which the kernel fixes when it makes one. So the SecY is deleted
 * and made anew, with its number, name, MTU, settings and channels. Network addresses and routes of
 * the secured interface go with the old one, which nobody here knows of; that is why it is not done
 * while there is an SA, and the link may be in use. What hardware protects it goes on to protect,
 * or the change is refused.
 */
final class Recreation {
  private final KernelLinks links;
  private final SecyAccess access;
  private final SecyCreation creation;
  private final SecyCommands commands;

  Recreation(KernelLinks links, SecyAccess access, SecyCreation creation, SecyCommands commands) {
    this.links = links;
    this.access = access;
    this.creation = creation;
    this.commands = commands;
  }

  /** Nothing has changed when it is refused, unless the kernel refuses to make the new one. */
  void carryOut(String operation, SecyId secy, LinkInfo now, CipherSuite suite) {
    SecyReport report = access.report(secy, "change");
    requirePossible(operation, now, report);
    SecyConfig before = config(now, report.offload());
    SecyConfig after = before.with(SecyChange.builder().cipherSuite(suite).build());
    SecyId same = new SecyId(now.index(), now.name());
    commands.run(same, new SecyCommand.SetControlledPort(false));
    creation.delete(same);
    commands.end(same, Optional.of(report));
    try {
      creation.again(operation, after, same);
    } catch (MacsecException e) {
      restore(operation, before, same, now, report, e);
      throw e;
    }
    fill(operation, same, now, report);
  }

  private SecyConfig config(LinkInfo now, OffloadMode offload) {
    SecyConfig config = MacsecLink.config(now, links.parentName(now));
    return offload == OffloadMode.SOFTWARE
        ? config
        : config.toBuilder().offload(OffloadPolicy.REQUIRE, offload).build();
  }

  private static void requirePossible(String operation, LinkInfo now, SecyReport report) {
    String fixed =
        operation
            + ": the kernel cannot change the cipher suite of a SecY from "
            + MacsecLink.cipherSuite(now);
    if (now.parentElsewhere()) {
      throw new MacsecException(
          Kind.UNSUPPORTED, fixed + ", and the interface below is elsewhere; create it anew");
    }
    if (!report.transmitSc().sas().isEmpty()
        || report.receiveScs().stream().anyMatch(channel -> !channel.sas().isEmpty())) {
      throw new MacsecException(
          Kind.BUSY, fixed + "; another one takes its place only while it has no SA");
    }
  }

  private void restore(
      String operation,
      SecyConfig before,
      SecyId secy,
      LinkInfo old,
      SecyReport report,
      MacsecException refused) {
    try {
      creation.again(operation, before, secy);
      fill(operation, secy, old, report);
    } catch (MacsecException e) {
      refused.addSuppressed(e);
    }
  }

  private void fill(String operation, SecyId secy, LinkInfo old, SecyReport report) {
    commands.begin(secy);
    if (access.link(secy, "change").mtu() != old.mtu()) {
      access.changeLink(operation, LinkRequests.setMtu(secy.index(), old.mtu()));
    }
    for (ReceiveScSnapshot channel : report.receiveScs()) {
      commands.run(secy, new SecyCommand.CreateReceiveSc(channel.sci()));
      if (!channel.enabled()) {
        commands.run(secy, new SecyCommand.EnableReceiveSc(channel.sci(), false));
      }
    }
    if (old.up()) {
      commands.run(secy, new SecyCommand.SetControlledPort(true));
    }
  }
}
