/**
 * The MKA engine: a machine without a clock, a thread or a socket.
 *
 * <p>{@link org.macsec4j.mka.engine.MkaPort} is the whole of it for users: frames, timeouts,
 * results of commands in; frames, commands, events out. The time is an argument, chance comes from
 * an {@link org.macsec4j.mka.engine.EntropySource}; the same inputs give the same outputs, octet
 * for octet.
 *
 * <p>Inside, each sub-protocol of clause 9 is a class of its own: who is there ({@code PeerTable}),
 * who decides ({@code KeyServerElection}), which key ({@code SakLifecycle}), when it is used
 * ({@code CpStateMachine}), and what the SecY must be told for that ({@code SecyDriver}).
 */
@NullMarked
package org.macsec4j.mka.engine;

import org.jspecify.annotations.NullMarked;
