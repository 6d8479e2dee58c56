package org.macsec4j.mka.runtime;

import java.util.List;
import java.util.Objects;
import org.macsec4j.InvalidConfigurationException;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.PreSharedKey;

/**
 * The keys of a session, changed while it runs.
 *
 * <p>MKA runs with each valid key at the same time, so a peer that has any of them is met. To roll
 * a key over without losing a frame, {@link #replace} it on both sides, in any order and hours
 * apart: traffic moves when both have the new one. Keys with times that overlap do the same by
 * themselves.
 *
 * <p>Safe for several threads. A session that was closed has no keys, and changes of it do nothing.
 */
public final class SessionKeys {
  private final SessionDriver driver;

  SessionKeys(SessionDriver driver) {
    this.driver = driver;
  }

  /**
   * The keys that did not end.
   *
   * @return a new list, the preferred key first, also those that are not valid yet; empty after the
   *     session was closed
   */
  public List<PreSharedKey> list() {
    return driver.keys();
  }

  /**
   * Adds a key. Of keys of the same kind and begin the ones that were there are preferred to it.
   *
   * @param key a key with a new name; stays the caller's and may be destroyed afterwards
   * @throws InvalidConfigurationException when the name is taken or the key was destroyed
   */
  public void add(PreSharedKey key) {
    Objects.requireNonNull(key, "key");
    driver.command((engine, now) -> engine.addKey(now, key));
  }

  /**
   * Puts a key into the place of another one, which goes when frames are sent under the new one.
   *
   * @param old the name of the key that goes; if there is none, the new key is just added
   * @param key a key with a new name; stays the caller's and may be destroyed afterwards
   * @throws InvalidConfigurationException when the name is taken or the key was destroyed
   */
  public void replace(Ckn old, PreSharedKey key) {
    Objects.requireNonNull(old, "old");
    Objects.requireNonNull(key, "key");
    driver.command((engine, now) -> engine.replaceKey(now, old, key));
  }

  /**
   * Takes a key away. While a peer is live with another key, frames pass under the last SAK until a
   * new one is agreed on; otherwise the link is not secured any more at once.
   *
   * <p>MKA has no message for it: the others find out after the MKA Life Time. In a group, leave it
   * that time before other keys change.
   *
   * @param ckn the name of the key
   */
  public void remove(Ckn ckn) {
    Objects.requireNonNull(ckn, "ckn");
    driver.command((engine, now) -> engine.removeKey(now, ckn));
  }

  /**
   * Hands out the CAK of a group in every CA whose key server this member is, until each peer is
   * seen in the group's CA; when this session has no key of that name, eight times to each peer.
   * Add the key as well to be a member of the group.
   *
   * @param group the key; stays the caller's
   * @throws InvalidConfigurationException when the key was destroyed
   */
  public void distribute(PreSharedKey group) {
    driver.command((engine, now) -> engine.distributeCak(now, group));
  }

  /** Hands out no CAK any more. */
  public void stopDistributing() {
    driver.command((engine, now) -> engine.stopDistributingCak());
  }

  /** The names of the keys and when they are valid; no key material. */
  @Override
  public String toString() {
    return list().toString();
  }
}
