package org.macsec4j.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What interfaces are joined by: a frame that one of them sends reaches all others, each on a way
 * of its own with its own faults. The methods here set the same fault on every way.
 *
 * @param <M> the medium itself, for chaining
 */
public abstract sealed class Medium<M extends Medium<M>> implements Impairable<M>
    permits Link, Hub {
  private record Attachment(VirtualInterface port, Impairment way) {}

  private final Lab lab;
  private final List<Attachment> attachments = new ArrayList<>();

  Medium(Lab lab, List<VirtualInterface> ports) {
    this.lab = lab;
    for (VirtualInterface port : ports) {
      attachments.add(new Attachment(port, new Impairment(lab.nextSeed())));
      port.plug(this);
    }
  }

  abstract M self();

  /**
   * The way to the interface of a host, for faults in one direction alone.
   *
   * @param host a host that has one interface on this medium
   * @return what happens to frames on the way to it
   * @throws IllegalArgumentException when the host has no interface here, or several
   */
  public final Impairment toward(Host host) {
    List<Attachment> found = attachments.stream().filter(a -> a.port.host() == host).toList();
    if (found.size() != 1) {
      throw new IllegalArgumentException(
          host + " has " + found.size() + " interfaces on " + this + "; name one of them");
    }
    return found.get(0).way;
  }

  /**
   * The way to an interface, for faults in one direction alone.
   *
   * @param host a host
   * @param interfaceName its interface on this medium
   * @return what happens to frames on the way to it
   * @throws IllegalArgumentException when there is no such interface here
   */
  public final Impairment toward(Host host, String interfaceName) {
    return attachments.stream()
        .filter(a -> a.port.host() == host && a.port.name().equals(interfaceName))
        .map(Attachment::way)
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException(host + "/" + interfaceName + " is not on " + this));
  }

  @Override
  public final M loss(double probability) {
    return onEachWay(way -> way.loss(probability));
  }

  @Override
  public final M latency(Duration value) {
    return onEachWay(way -> way.latency(value));
  }

  @Override
  public final M jitter(Duration limit) {
    return onEachWay(way -> way.jitter(limit));
  }

  @Override
  public final M reorder(double probability, Duration limit) {
    return onEachWay(way -> way.reorder(probability, limit));
  }

  @Override
  public final M duplicate(double probability) {
    return onEachWay(way -> way.duplicate(probability));
  }

  @Override
  public final M corrupt(double probability) {
    return onEachWay(way -> way.corrupt(probability));
  }

  @Override
  public final M filter(Predicate<byte[]> passes) {
    return onEachWay(way -> way.filter(passes));
  }

  @Override
  public final M cut() {
    return onEachWay(Impairment::cut);
  }

  @Override
  public final M restore() {
    return onEachWay(Impairment::restore);
  }

  private M onEachWay(Consumer<Impairment> change) {
    lab.time()
        .exclusively(
            () -> {
              attachments.forEach(attachment -> change.accept(attachment.way));
              return this;
            });
    return self();
  }

  /** Takes a frame from an interface to all others; gives what the capture shall say of it. */
  final List<String> carry(VirtualInterface from, byte[] frame) {
    List<String> remarks = new ArrayList<>();
    for (Attachment to : attachments) {
      if (to.port == from) {
        continue;
      }
      if (isolated(from) || isolated(to.port)) {
        remarks.add("isolated from " + to.port);
        continue;
      }
      Impairment.Fate fate = to.way.draw(lab.time().nanoTime(), frame);
      fate.remarks().forEach(remark -> remarks.add(remark + " on the way to " + to.port));
      int cutsAtDeparture = to.way.cuts();
      for (Impairment.Passage passage : fate.passages()) {
        lab.time()
            .schedule(
                passage.arrival(),
                () -> {
                  if (to.way.cuts() == cutsAtDeparture && !isolated(to.port)) {
                    to.port.arrive(passage.frame());
                  }
                });
      }
    }
    return remarks;
  }

  /** Whether an interface is cut off although the medium works. */
  boolean isolated(VirtualInterface port) {
    return false;
  }

  /** The interfaces that are joined. */
  @Override
  public final String toString() {
    return attachments.stream()
        .map(a -> a.port.toString())
        .collect(
            java.util.stream.Collectors.joining(
                " - ", getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT) + " ", ""));
  }

  /** The ways with their faults, one a line. */
  final String describe() {
    StringBuilder text = new StringBuilder(toString());
    for (Attachment a : attachments) {
      text.append("\n    to ").append(a.port).append(": ").append(a.way);
      if (isolated(a.port)) {
        text.append(", isolated");
      }
    }
    return text.toString();
  }
}
