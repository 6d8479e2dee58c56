package org.macsec4j.netlink;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.macsec4j.ConfidentialityOffset;
import org.macsec4j.InvalidConfigurationException;
import org.macsec4j.MacAddress;
import org.macsec4j.MacsecException;
import org.macsec4j.MacsecException.Kind;
import org.macsec4j.OffloadMode;
import org.macsec4j.Sci;
import org.macsec4j.SecyChange;
import org.macsec4j.SecyConfig;
import org.macsec4j.SecyEvent;
import org.macsec4j.SecyId;
import org.macsec4j.netlink.libc.Errno;
import org.macsec4j.netlink.macsec.LinkInfo;
import org.macsec4j.netlink.macsec.LinkRequests;
import org.macsec4j.netlink.macsec.MacsecLink;
import org.macsec4j.netlink.transport.NetlinkException;
import org.macsec4j.netlink.wire.MessageBuilder;
import org.macsec4j.spi.OffloadSelection;

/**
 * Makes SecYs: checks first what the kernel would answer with a bare "invalid argument", and says
 * afterwards why it refused. Nothing is left behind when it did.
 *
 * <p>A SecY may live in another network namespace than the interface below. It is there from the
 * first moment on, as the request that makes it says where; what follows is asked for there.
 */
final class SecyCreation {
  private static final int MAX_NAME = 15;
  private static final int NAME_ATTEMPTS = 100;

  /** Octets of a SecTAG with SCI; the driver counts the SCI in any case. */
  private static final int TAG = 16;

  /** The longest payload of any interface, {@code ETH_MAX_MTU}. */
  private static final int MAX_MTU = 65_535;

  /** What the kernel's cipher takes beside 16. */
  private static final Set<Integer> ICV_LENGTHS = Set.of(8, 12, 13, 14, 15, 16);

  private static final String NAME_TAKEN =
      "an interface of that name exists already; choose another";

  private static final String NAME_TAKEN_IN_EITHER =
      "an interface of that name exists already, in either namespace; choose another, or none";

  private static final String EXCLUDED_BITS =
      "endStation and singleCopyBroadcast exclude each other on Linux; use one of them";

  /** Where the interfaces below are. */
  private final KernelLinks parents;

  /** Where SecYs live. */
  private final KernelLinks links;

  private final KernelSecys secys;

  /** An open descriptor of that namespace, when it is another one. */
  private final OptionalInt elsewhere;

  private final Consumer<SecyEvent> events;

  /** The number of the next name to try; 0 when one below may be free again. */
  private final AtomicInteger afterGiven = new AtomicInteger();

  SecyCreation(KernelLinks links, KernelSecys secys, Consumer<SecyEvent> events) {
    this(links, links, secys, OptionalInt.empty(), events);
  }

  /** For SecYs that live in another namespace than the interfaces below. */
  SecyCreation(
      KernelLinks parents,
      KernelLinks links,
      KernelSecys secys,
      OptionalInt elsewhere,
      Consumer<SecyEvent> events) {
    this.parents = parents;
    this.links = links;
    this.secys = secys;
    this.elsewhere = elsewhere;
    this.events = events;
  }

  SecyId create(SecyConfig config) {
    String wanted = config.name().orElse("a SecY");
    String operation = "cannot create " + wanted + " on " + config.parent();
    check(config);
    requireOffset(operation, Optional.of(config.confidentialityOffset()));
    LinkInfo parent = parents.requireEthernet(operation, config.parent());
    SecyId made = make(operation, config, parent);
    try {
      finish(config, made);
      return made;
    } catch (MacsecException e) {
      delete(made);
      throw e;
    }
  }

  /**
   * Makes a SecY with the number of one that was deleted.
   *
   * @param config with the name, too, that it had
   */
  void again(String operation, SecyConfig config, SecyId before) {
    check(config);
    LinkInfo parent = parents.requireEthernet(operation, config.parent());
    try {
      parents.change(
          operation, MacsecLink.again(config, before.name(), parent.index(), before.index()));
    } catch (NetlinkException e) {
      throw explain(operation, config, parent, e);
    }
    try {
      finish(config, before);
    } catch (MacsecException e) {
      delete(before);
      throw e;
    }
  }

  private static void check(SecyConfig config) {
    List<String> problems = new ArrayList<>();
    config
        .name()
        .filter(name -> !isName(name))
        .ifPresent(
            name ->
                problems.add(
                    "the name \""
                        + name
                        + "\" is not 1..15 characters without '/', ':', '%' and blanks"));
    if (!ICV_LENGTHS.contains(config.icvLength())) {
      problems.add("ICV length " + config.icvLength() + " is not 8 or 12..16, which Linux takes");
    }
    if (bothBits(config)) {
      problems.add(EXCLUDED_BITS);
    }
    if (!problems.isEmpty()) {
      throw new InvalidConfigurationException("SecY on " + config.parent(), problems);
    }
  }

  /** The standard has a meaning for both bits together, the port 0 of the SCB; Linux has none. */
  private static boolean bothBits(SecyConfig config) {
    return config.endStation() && config.singleCopyBroadcast();
  }

  static void requireOneBit(String operation, SecyConfig config) {
    if (bothBits(config)) {
      throw new InvalidConfigurationException(operation, List.of(EXCLUDED_BITS));
    }
  }

  static void requireName(String operation, String name) {
    if (!isName(name)) {
      throw new MacsecException(
          Kind.INVALID, operation + ": \"" + name + "\" is no name of an interface");
    }
  }

  private static boolean isName(String name) {
    return !name.isEmpty()
        && name.getBytes(StandardCharsets.UTF_8).length <= MAX_NAME
        && !name.equals(".")
        && !name.equals("..")
        && name.chars().noneMatch(c -> c <= ' ' || c == '/' || c == ':' || c == '%');
  }

  static void requireOffset(String operation, Optional<ConfidentialityOffset> offset) {
    if (offset.filter(value -> value.octets() > 0).isPresent()) {
      throw new MacsecException(
          Kind.UNSUPPORTED,
          operation
              + ": Linux knows no confidentiality offset of "
              + offset.get().octets()
              + "; use 0, or no confidentiality");
    }
  }

  /** A parent in another namespace cannot be asked; there the kernel has the word. */
  void requireMtu(String operation, LinkInfo link, int octets) {
    OptionalInt index = link.parentElsewhere() ? OptionalInt.empty() : link.parent();
    Optional<LinkInfo> parent = index.isPresent() ? links.find(index.getAsInt()) : Optional.empty();
    int more = TAG + MacsecLink.config(link, "?").icvLength();
    int most = parent.map(LinkInfo::mtu).orElse(MAX_MTU) - more;
    if (octets < 0 || octets > most) {
      throw new MacsecException(
          Kind.INVALID,
          operation
              + ": it is not in 0.."
              + most
              + ", as SecTAG and ICV take "
              + more
              + " octets of the "
              + (most + more)
              + " of "
              + parent.map(LinkInfo::name).orElse("an interface"));
    }
  }

  private SecyId make(String operation, SecyConfig config, LinkInfo parent) {
    if (config.name().isPresent()) {
      return make(operation, config, parent, config.name().get());
    }
    for (int attempt = 0; ; attempt++) {
      int number = freeNumber();
      try {
        SecyId made = make(operation, config, parent, "macsec" + number);
        afterGiven.set(number + 1);
        return made;
      } catch (MacsecException e) {
        // Somebody else took the name a moment ago.
        if (e.kind() != Kind.EXISTS || !isNameTaken(e) || attempt == NAME_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private static boolean isNameTaken(MacsecException e) {
    return e.getCause() instanceof NetlinkException cause && cause.errno() == Errno.EEXIST;
  }

  /**
   * The first that is free, save those that others freed. All are listed only when a number may
   * have become free below those that were given: for each of thousands of SecYs that would take
   * longer than to make it.
   */
  private int freeNumber() {
    int number = afterGiven.get();
    Set<String> taken =
        number > 0
            ? Set.of()
            : links.macsec().stream().map(LinkInfo::name).collect(Collectors.toSet());
    while (taken.contains("macsec" + number) || isTaken("macsec" + number)) {
      number++;
    }
    return number;
  }

  /** The kernel looks for the name below as well, though the SecY will not be there. */
  private boolean isTaken(String name) {
    return links.find(name).isPresent()
        || (elsewhere.isPresent() && parents.find(name).isPresent());
  }

  private SecyId make(String operation, SecyConfig config, LinkInfo parent, String name) {
    MessageBuilder request = MacsecLink.create(config, name, parent.index(), elsewhere);
    try {
      if (elsewhere.isEmpty()) {
        return new SecyId(links.make(operation, request, name).index(), name);
      }
      // No echo: it would go to a stranger of that namespace whose socket has the number of ours.
      parents.change(operation, request);
    } catch (NetlinkException e) {
      throw explain(operation, config, parent, e);
    }
    return new SecyId(links.require(operation, name).index(), name);
  }

  private MacsecException explain(
      String operation, SecyConfig config, LinkInfo parent, NetlinkException e) {
    return switch (e.errno()) {
      case Errno.EBUSY -> busy(operation, config, parent, e);
      case Errno.EEXIST ->
          Refusals.of(operation, e, elsewhere.isPresent() ? NAME_TAKEN_IN_EITHER : NAME_TAKEN);
      case Errno.EOPNOTSUPP ->
          Refusals.of(
              operation,
              e,
              "this kernel has no MACsec: load the module macsec, or use a kernel built with"
                  + " CONFIG_MACSEC");
      case Errno.EINVAL ->
          Refusals.of(
              operation,
              e,
              "the kernel takes not one of the values; is its AES-GCM there (module gcm)?");
      default -> Refusals.of(operation, e);
    };
  }

  /** One number for two reasons: the parent is part of something else, or the SCI is taken. */
  private MacsecException busy(
      String operation, SecyConfig config, LinkInfo parent, NetlinkException e) {
    MacAddress address = parent.address().orElseThrow();
    Sci sci = config.sci().orElseGet(() -> new Sci(address, config.port()));
    for (LinkInfo other : parents.macsec()) {
      boolean sameParent = !other.parentElsewhere() && other.parent().orElse(0) == parent.index();
      if (sameParent && MacsecLink.sci(other).equals(sci)) {
        return Refusals.of(
            Kind.EXISTS,
            operation,
            e,
            "SCI "
                + sci.toHex()
                + " is in use by "
                + other.name()
                + " on the same parent; choose another port (1..65534), or delete it");
      }
    }
    if (parent.master().isPresent()) {
      String kind = parent.slaveKind().isEmpty() ? "" : parent.slaveKind() + " ";
      String master = parents.find(parent.master().getAsInt()).map(LinkInfo::name).orElse("?");
      return Refusals.of(
          operation,
          e,
          parent.name()
              + " is a port of "
              + kind
              + master
              + ", which takes its frames; take it out, or use "
              + master
              + " as the parent");
    }
    return Refusals.of(
        operation,
        e,
        "something else takes the frames of "
            + parent.name()
            + ", for instance a macvlan or a bridge, or a SecY of another network namespace has"
            + " SCI "
            + sci.toHex());
  }

  private void finish(SecyConfig config, SecyId made) {
    if (MacsecLink.needsSecondStep(config)) {
      SecyChange tag =
          SecyChange.builder()
              .includeSci(false)
              .endStation(config.endStation())
              .singleCopyBroadcast(config.singleCopyBroadcast())
              .build();
      change("cannot set the SecTAG of " + made, made, tag);
    }
    OffloadSelection.carryOut(config, made, new Hardware(made))
        .ifPresent(reason -> fellBack(made, reason));
  }

  private void change(String operation, SecyId secy, SecyChange change) {
    try {
      links.change(operation, MacsecLink.change(secy.index(), change));
    } catch (NetlinkException e) {
      throw Refusals.of(operation, e);
    }
  }

  private void fellBack(SecyId secy, String reason) {
    LinuxBackend.LOG.warn("software protects {}: {}", secy, reason);
    events.accept(new SecyEvent.OffloadFellBack(secy, reason));
  }

  private final class Hardware implements OffloadSelection.Hardware {
    private final SecyId secy;

    Hardware(SecyId secy) {
      this.secy = secy;
    }

    @Override
    public void set(OffloadMode mode) {
      setOffload("cannot offload " + secy, secy, mode);
    }

    @Override
    public OffloadMode observed() {
      return secys.require(secy, "offload").offload();
    }
  }

  void setOffload(String operation, SecyId secy, OffloadMode mode) {
    try {
      secys.change(operation, secys.requests().offload(secy.index(), mode));
    } catch (NetlinkException e) {
      throw switch (e.errno()) {
        case Errno.EBUSY ->
            Refusals.of(
                operation, e, "it can change only while the SecY is down and has no SA or channel");
        case Errno.EOPNOTSUPP ->
            Refusals.of(
                operation,
                e,
                "the interface below has no MACsec hardware of that kind (" + mode + ")");
        default -> Refusals.of(operation, e);
      };
    }
  }

  void delete(SecyId secy) {
    String operation = "cannot delete " + secy;
    afterGiven.set(0);
    try {
      links.change(operation, LinkRequests.delete(secy.index()));
    } catch (NetlinkException e) {
      throw Refusals.of(operation, e);
    }
  }

  void rename(String operation, SecyId secy, String name) {
    afterGiven.set(0);
    try {
      links.change(operation, LinkRequests.rename(secy.index(), name));
    } catch (NetlinkException e) {
      throw switch (e.errno()) {
        case Errno.EEXIST -> Refusals.of(operation, e, NAME_TAKEN);
        case Errno.EBUSY ->
            Refusals.of(operation, e, "it is up; kernels before 6.2 rename only what is down");
        default -> Refusals.of(operation, e);
      };
    }
  }
}
