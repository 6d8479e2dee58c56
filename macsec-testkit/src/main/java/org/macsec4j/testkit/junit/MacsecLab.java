package org.macsec4j.testkit.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives the test methods, and their {@code @BeforeEach} and {@code @AfterEach}, a parameter of type
 * {@link org.macsec4j.testkit.Lab}: one laboratory for each test, closed after it.
 *
 * <pre>{@code
 * @MacsecLab
 * class FailoverTest {
 *   @Test
 *   void recoversWhenTheLinkIsCut(Lab lab) { ... }
 * }
 * }</pre>
 *
 * <p>Each run draws a fresh seed. When a test fails, its seed is printed with the property that
 * replays it, {@code -Dmacsec4j.lab.seed=...}, and the frames are written to a pcapng file in
 * {@code target/macsec-lab} (in the folder of the property {@code macsec4j.lab.captures}, when it
 * is set).
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(MacsecLabExtension.class)
@SuppressWarnings("exports") // whoever uses this annotation has the module of JUnit
public @interface MacsecLab {
  /** Stands for a fresh seed each time. */
  long FRESH_SEED = 0;

  /**
   * The seed of each laboratory; the system property wins over it.
   *
   * @return a seed, or {@link #FRESH_SEED}
   */
  long seed() default FRESH_SEED;
}
