package org.macsec4j.it.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Both kernels have the same cases. Each says so in a list of its own, as a report names a nested
 * class after the class that it stands in, and must tell which kernel it was.
 */
class KernelListsTest {
  private static List<Class<?>> cases(Class<?> kernel) {
    return Arrays.stream(kernel.getDeclaredClasses()).<Class<?>>map(Class::getSuperclass).toList();
  }

  @Test
  void nothingIsHeldOnOneKernelAlone() {
    List<Class<?>> older = cases(Linux61Test.class);
    assertThat(older).isNotEmpty().doesNotHaveDuplicates();
    assertThat(cases(Linux612Test.class))
        .as("6.1 has no netdevsim")
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(
                    older.stream(),
                    Stream.of(
                        OffloadCases.class,
                        SimulatedNicCases.class,
                        OffloadedMkaCases.class,
                        OffloadedTrafficCases.class,
                        WireCheckNicCases.class))
                .toList());
  }

  @Test
  void nothingIsHeldWithAPeerOnOneKernelAlone() {
    assertThat(cases(Wpa612Test.class))
        .isNotEmpty()
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(cases(Wpa61Test.class));
  }
}
