package org.macsec4j.testkit.junit;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;
import org.macsec4j.testkit.Lab;

/** What {@link MacsecLab} does; use that instead. */
@SuppressWarnings("exports") // whoever uses this class has the module of these types
public final class MacsecLabExtension implements ParameterResolver, AfterEachCallback {
  private static final String CAPTURES_PROPERTY = "macsec4j.lab.captures";
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(MacsecLabExtension.class);

  /** For JUnit. */
  public MacsecLabExtension() {}

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Lab.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    if (context.getTestMethod().isEmpty()) {
      throw new ParameterResolutionException(
          "a Lab lives for one test; take it as a parameter of a test, @BeforeEach or @AfterEach"
              + " method, not of a constructor or @BeforeAll method");
    }
    return context
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(context.getUniqueId(), unused -> create(context), Lab.class);
  }

  private static Lab create(ExtensionContext context) {
    long fixed = annotation(context).map(MacsecLab::seed).orElse(MacsecLab.FRESH_SEED);
    return fixed != MacsecLab.FRESH_SEED && System.getProperty(Lab.SEED_PROPERTY) == null
        ? Lab.create(fixed)
        : Lab.create();
  }

  private static Optional<MacsecLab> annotation(ExtensionContext context) {
    return AnnotationSupport.findAnnotation(context.getElement(), MacsecLab.class)
        .or(
            () ->
                context
                    .getTestClass()
                    .flatMap(type -> AnnotationSupport.findAnnotation(type, MacsecLab.class)));
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Lab lab = context.getStore(NAMESPACE).get(context.getUniqueId(), Lab.class);
    if (lab == null) {
      return;
    }
    if (context.getExecutionException().isPresent()) {
      tell(lab, context);
    }
    lab.close();
  }

  private static void tell(Lab lab, ExtensionContext context) {
    String replay = "-D" + Lab.SEED_PROPERTY + "=" + lab.seed();
    String frames = write(lab, context);
    context.publishReportEntry(Lab.SEED_PROPERTY, Long.toString(lab.seed()));
    System.err.println(
        context.getRequiredTestClass().getName()
            + "."
            + context.getRequiredTestMethod().getName()
            + " failed in a lab with seed "
            + lab.seed()
            + "; replay it with "
            + replay
            + "; frames: "
            + frames
            + "\n"
            + lab);
  }

  private static String write(Lab lab, ExtensionContext context) {
    String name =
        context.getRequiredTestClass().getSimpleName()
            + "."
            + context.getRequiredTestMethod().getName()
            + "."
            + Long.toHexString(lab.seed())
            + ".pcapng";
    try {
      Path file = folder().resolve(name);
      lab.capture().writeTo(file);
      return file.toAbsolutePath().toString();
    } catch (UncheckedIOException e) {
      // The failure of the test is what matters; that there is no file is told beside it.
      return "not written, " + e.getMessage();
    }
  }

  private static Path folder() {
    String given = System.getProperty(CAPTURES_PROPERTY);
    if (given != null) {
      return Path.of(given);
    }
    Path build = Path.of("target");
    Path base = Files.isDirectory(build) ? build : Path.of(System.getProperty("java.io.tmpdir"));
    return base.resolve("macsec-lab");
  }
}
