package org.macsec4j.netlink;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.macsec4j.LeftOver;
import org.macsec4j.MacsecException;
import org.macsec4j.ReceiveScSnapshot;
import org.macsec4j.Sci;
import org.macsec4j.SecyChange;
import org.macsec4j.SecyCommand;
import org.macsec4j.SecyConfig;
import org.macsec4j.SecyId;
import org.macsec4j.SecySnapshot;
import org.macsec4j.TransmitSaSnapshot;
import org.macsec4j.netlink.macsec.LinkInfo;
import org.macsec4j.netlink.macsec.MacsecLink;

/** Makes a SecY where one may be left over, see {@link LeftOver}. */
final class Adoption {
  private final KernelLinks links;
  private final Operations operations;

  /** What this needs of the backend. */
  record Operations(
      Function<SecyConfig, SecyId> create,
      Function<SecyId, SecySnapshot> read,
      Consumer<SecyId> delete,
      BiConsumer<SecyId, SecyCommand> run) {}

  Adoption(KernelLinks links, Operations operations) {
    this.links = links;
    this.operations = operations;
  }

  SecyId create(SecyConfig config, LeftOver policy) {
    Optional<SecyId> old = policy == LeftOver.REFUSE ? Optional.empty() : find(config);
    return old.map(secy -> adopt(secy, config, policy))
        .orElseGet(() -> operations.create.apply(config));
  }

  private Optional<SecyId> find(SecyConfig config) {
    Optional<LinkInfo> parent = links.find(config.parent());
    if (parent.isEmpty()) {
      return Optional.empty();
    }
    return links.macsec().stream()
        .filter(link -> !link.parentElsewhere())
        .filter(link -> link.parent().orElse(0) == parent.get().index())
        .filter(link -> isMeant(link, config, parent.get()))
        .map(link -> new SecyId(link.index(), link.name()))
        .findFirst();
  }

  private static boolean isMeant(LinkInfo link, SecyConfig config, LinkInfo parent) {
    return config
        .name()
        .map(name -> name.equals(link.name()))
        .orElseGet(() -> MacsecLink.sci(link).equals(sci(config, parent)));
  }

  private static Sci sci(SecyConfig config, LinkInfo parent) {
    return config.sci().orElseGet(() -> new Sci(parent.address().orElseThrow(), config.port()));
  }

  private SecyId adopt(SecyId old, SecyConfig config, LeftOver policy) {
    if (policy == LeftOver.RECREATE) {
      return recreate(old, config);
    }
    SecySnapshot now = operations.read.apply(old);
    List<String> differences = differencesForGood(now.config(), config);
    if (policy == LeftOver.KEEP) {
      differences.addAll(differencesThatCanGo(now.config(), config));
      requireSame(old, config, differences);
      return old;
    }
    if (!differences.isEmpty()) {
      return recreate(old, config);
    }
    empty(now);
    operations.run.accept(old, new SecyCommand.Change(SecyChange.toSettingsOf(config)));
    return old;
  }

  private SecyId recreate(SecyId old, SecyConfig config) {
    operations.delete.accept(old);
    return operations.create.apply(config);
  }

  private static void requireSame(SecyId old, SecyConfig config, List<String> differences) {
    if (!differences.isEmpty()) {
      throw new MacsecException(
          MacsecException.Kind.EXISTS,
          "cannot keep "
              + old
              + " on "
              + config.parent()
              + ": it differs in "
              + String.join(", ", differences)
              + "; reconcile or recreate it");
    }
  }

  private static List<String> differencesForGood(SecyConfig now, SecyConfig wanted) {
    List<String> found = new ArrayList<>();
    boolean sameSci =
        wanted.sci().map(now.sci().orElseThrow()::equals).orElse(now.port() == wanted.port());
    differ(found, sameSci, "the SCI, which is " + now.sci().orElseThrow());
    differ(
        found,
        now.cipherSuite() == wanted.cipherSuite(),
        "the cipher suite, which is " + now.cipherSuite());
    differ(
        found,
        now.icvLength() == wanted.icvLength(),
        "the ICV length, which is " + now.icvLength());
    return found;
  }

  private static List<String> differencesThatCanGo(SecyConfig now, SecyConfig wanted) {
    List<String> found = new ArrayList<>();
    boolean same = SecyChange.toSettingsOf(now).equals(SecyChange.toSettingsOf(wanted));
    differ(found, same, "its settings, which are " + now);
    return found;
  }

  private static void differ(List<String> found, boolean same, String difference) {
    if (!same) {
      found.add(difference);
    }
  }

  private void empty(SecySnapshot now) {
    SecyId secy = now.id();
    operations.run.accept(secy, new SecyCommand.SetControlledPort(false));
    for (ReceiveScSnapshot channel : now.receiveScs()) {
      operations.run.accept(secy, new SecyCommand.DeleteReceiveSc(channel.sci()));
    }
    for (TransmitSaSnapshot sa : now.transmitSc().sas()) {
      operations.run.accept(secy, new SecyCommand.EnableTransmitSa(sa.an(), false));
      operations.run.accept(secy, new SecyCommand.DeleteTransmitSa(sa.an()));
    }
  }
}
