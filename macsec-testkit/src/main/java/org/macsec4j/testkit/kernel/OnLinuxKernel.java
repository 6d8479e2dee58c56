package org.macsec4j.testkit.kernel;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs a test class inside a Linux kernel of its own, as root there, whoever runs the build here.
 *
 * <pre>{@code
 * @OnLinuxKernel(kernel = Kernel.V6_12)
 * class RealKernelTest {
 *   @Test
 *   void twoHostsSeeEachOther() {
 *     try (Netns a = Netns.create("a"); Netns b = Netns.create("b")) {
 *       a.veth("v0", b, "v0");
 *       ...
 *     }
 *   }
 * }
 * }</pre>
 *
 * <p>The class is started once in a guest that is booted for it, and each of its tests is reported
 * here as usual, with the failure and the stack trace of the guest; the end of the guest's console
 * is attached to a failure, all of it is kept in {@code target/linux-kernel}. Nested classes,
 * parameterized and repeated tests and test factories run as well. What tests print appears here.
 *
 * <p>In the guest:
 *
 * <ul>
 *   <li>The files of the host can be read. What is written stays in the guest and vanishes with it,
 *       but for the working directory, which is the host's own.
 *   <li>There is no network but what the test makes, one processor, and the clock of the host
 *       unless {@link #timeTravel()} is on.
 *   <li>System properties of the host that are not Java's own are set, and the environment variable
 *       {@code CI}.
 * </ul>
 *
 * <p>Here, on the host, no test, factory, {@code @BeforeEach}, {@code @BeforeAll} and so on is run.
 * But the test class is loaded and its constructor called on both sides, also the sources of
 * arguments: what touches the kernel belongs into methods.
 *
 * <p>When the kernel or a program is missing, the class is reported as skipped with the reason and
 * the command that brings it; where the environment says {@code CI=true}, or with {@code
 * -Dmacsec4j.kernel.required=true}, it fails instead. All such classes have the tag {@code
 * linux-kernel}.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Tag("linux-kernel")
@ExtendWith(LinuxKernelExtension.class)
@SuppressWarnings("exports") // whoever uses this annotation has the module of JUnit
public @interface OnLinuxKernel {
  /**
   * Which kernel.
   *
   * @return the kernel to boot
   */
  Kernel kernel() default Kernel.DEBIAN_6_1;

  /**
   * The memory of the guest; half of it is for the heap of its JVM. Taken from the host as it is
   * used.
   *
   * @return mebibytes, 128 at least
   */
  int memoryMegabytes() default 512;

  /**
   * How long all tests of the class may take together, with the boot, in seconds of the host. Then
   * the guest is ended, and the tests that have no result yet fail.
   *
   * @return seconds, 1 at least
   */
  int timeoutSeconds() default 300;

  /**
   * Whether the guest's clock jumps to the next timer when all wait, so that hours of timers pass
   * in seconds. Computing takes no time at all then: who waits in a busy loop for the clock waits
   * forever. Only kernels that {@link Kernel#canTravelInTime()} have it.
   *
   * @return true for a clock that jumps
   */
  boolean timeTravel() default false;

  /**
   * Programs that the tests call, beside {@code ip} and {@code tc}.
   *
   * @return names to be found on the path, such as {@code ping}
   */
  String[] programs() default {};

  /**
   * More arguments for the JVM in the guest. Those of the host's that open packages or allow native
   * access are taken over anyway.
   *
   * @return arguments as on the command line
   */
  String[] jvmArguments() default {};
}
