/**
 * A real Linux kernel for each test class, without root and without virtualisation: {@link
 * org.macsec4j.testkit.kernel.OnLinuxKernel}. Needs JUnit 5 with its platform launcher.
 *
 * <p>The kernel is User-Mode Linux, a Linux kernel that runs as a process. It sees the files of the
 * host, so the same JDK and the same class path are there. What runs where:
 *
 * <pre>{@code
 * host: JUnit as always                    guest: User-Mode Linux, root in it
 * LinuxKernelExtension                     init.sh, then GuestMain
 *   boots one Guest for a class   ------>    JUnit again, for the same class, all for real
 *   skips the methods' bodies                ProgressListener
 *   Replay waits, and passes or   <------      a line for each thing that happens (GuestEvent),
 *   throws what the guest told                 in a file of the Exchange folder
 * }</pre>
 *
 * <p>{@link org.macsec4j.testkit.kernel.Netns} is what tests build their networks with.
 */
@NullMarked
package org.macsec4j.testkit.kernel;

import org.jspecify.annotations.NullMarked;
