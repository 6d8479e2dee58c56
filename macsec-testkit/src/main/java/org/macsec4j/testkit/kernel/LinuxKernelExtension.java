package org.macsec4j.testkit.kernel;

import java.io.IOException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.TestAbortedException;

/**
 * What {@link OnLinuxKernel} does; use that instead.
 *
 * <p>On the host JUnit walks through the class as always, but each call of a method of the test is
 * left out here, and in its place the result of the guest is waited for. In the guest this
 * extension does nothing.
 */
@SuppressWarnings("exports") // whoever uses this class has the module of these types
public final class LinuxKernelExtension
    implements ExecutionCondition, BeforeAllCallback, AfterAllCallback, InvocationInterceptor {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(LinuxKernelExtension.class);

  /** How the ids begin that JUnit Jupiter gives in the guest, where no suite is around it. */
  private static final String ENGINE = "[engine:junit-jupiter]";

  /** For JUnit. */
  public LinuxKernelExtension() {}

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (Guest.isInside() || context.getTestMethod().isPresent() || Requirements.areAMust()) {
      return ConditionEvaluationResult.enabled("runs in a guest, or tells why it cannot");
    }
    Optional<String> missing = Requirements.missing(annotation(context));
    missing.ifPresent(
        reason ->
            System.err.println(
                "SKIPPED " + context.getRequiredTestClass().getName() + ": " + reason));
    return missing
        .map(ConditionEvaluationResult::disabled)
        .orElseGet(() -> ConditionEvaluationResult.enabled("all is there"));
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    if (Guest.isInside()) {
      return;
    }
    ExtensionContext.Store store = context.getStore(NAMESPACE);
    if (store.get(Guest.class) == null) {
      store.put(Guest.class, boot(context));
    }
    Guest guest = guest(context);
    GuestEvent result = guest.replay().awaitBegun(id(context));
    if (result != null) {
      // Its @BeforeAll failed, or it has no tests.
      conclude(guest, context, result);
    }
  }

  private static Guest boot(ExtensionContext context) throws IOException {
    OnLinuxKernel wanted = annotation(context);
    Optional<String> missing = Requirements.missing(wanted);
    if (missing.isPresent()) {
      throw new IllegalStateException(missing.get());
    }
    return Guest.boot(wanted, context.getRequiredTestClass(), List.of(id(context)));
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    // What @BeforeAll threw was thrown by beforeAll already.
    if (!Guest.isInside() && context.getExecutionException().isEmpty()) {
      replay(context);
    }
  }

  private static OnLinuxKernel annotation(ExtensionContext context) {
    for (Class<?> type = context.getRequiredTestClass();
        type != null;
        type = type.getEnclosingClass()) {
      OnLinuxKernel found = type.getAnnotation(OnLinuxKernel.class);
      if (found != null) {
        return found;
      }
    }
    throw new IllegalStateException("annotate the class with @OnLinuxKernel");
  }

  private static Guest guest(ExtensionContext context) {
    return context.getStore(NAMESPACE).get(Guest.class, Guest.class);
  }

  private static String id(ExtensionContext context) {
    String id = context.getUniqueId();
    return id.substring(Math.max(0, id.lastIndexOf(ENGINE)));
  }

  /** Waits for what the guest says of this test or container, and does the same. */
  private static void replay(ExtensionContext context) throws Exception {
    Guest guest = guest(context);
    conclude(guest, context, guest.replay().awaitResult(id(context)));
  }

  private static void conclude(Guest guest, ExtensionContext context, @Nullable GuestEvent result)
      throws Exception {
    publishReports(guest, context);
    conclude(guest, context.getRequiredTestClass().getClassLoader(), result);
  }

  private static void conclude(Guest guest, ClassLoader loader, @Nullable GuestEvent result)
      throws Exception {
    if (result == null) {
      rethrow(guest.withConsole(new GuestFailure(String.valueOf(guest.replay().ending()))));
      return;
    }
    switch (result.kind()) {
      case FAILED -> rethrow(guest.withConsole(Throwables.fromText(result.detail(), loader)));
      case ABORTED -> rethrow(Throwables.fromText(result.detail(), loader));
      case SKIPPED -> throw new TestAbortedException("skipped in the guest: " + result.detail());
      default -> {}
    }
  }

  private static void rethrow(Throwable thrown) throws Exception {
    if (thrown instanceof Error error) {
      throw error;
    }
    throw thrown instanceof Exception exception ? exception : new IllegalStateException(thrown);
  }

  private static void publishReports(Guest guest, ExtensionContext context) {
    for (GuestEvent report : guest.replay().reports(id(context))) {
      List<String> pair = report.detail().lines().map(GuestEvent::decode).toList();
      context.publishReportEntry(Map.of(pair.get(0), pair.get(1)));
    }
  }

  @Override
  public void interceptTestMethod(
      Invocation<@Nullable Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    runOrReplay(invocation, context);
  }

  @Override
  public void interceptTestTemplateMethod(
      Invocation<@Nullable Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    runOrReplay(invocation, context);
  }

  private static void runOrReplay(Invocation<@Nullable Void> invocation, ExtensionContext context)
      throws Throwable {
    if (Guest.isInside()) {
      invocation.proceed();
    } else {
      invocation.skip();
      replay(context);
    }
  }

  /**
   * The tests that the factory made in the guest, each of which passes or fails as it did there.
   */
  @Override
  @SuppressWarnings("unchecked") // JUnit takes any stream of nodes, whatever the method returns
  public <T extends @Nullable Object> T interceptTestFactoryMethod(
      Invocation<T> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    if (Guest.isInside()) {
      return invocation.proceed();
    }
    invocation.skip();
    replay(context);
    ClassLoader loader = context.getRequiredTestClass().getClassLoader();
    return (T) dynamicNodes(guest(context), loader, id(context));
  }

  private static Stream<DynamicNode> dynamicNodes(Guest guest, ClassLoader loader, String parent) {
    return guest.replay().children(parent).stream()
        .map(
            child ->
                isTest(child)
                    ? DynamicTest.dynamicTest(
                        child.name(),
                        () -> conclude(guest, loader, guest.replay().awaitResult(child.id())))
                    : DynamicContainer.dynamicContainer(
                        child.name(), dynamicNodes(guest, loader, child.id())));
  }

  private static boolean isTest(GuestEvent event) {
    return event.id().lastIndexOf("[dynamic-test:") > event.id().lastIndexOf("[dynamic-container:");
  }

  @Override
  public void interceptBeforeAllMethod(
      Invocation<@Nullable Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    runInGuestOnly(invocation);
  }

  @Override
  public void interceptBeforeEachMethod(
      Invocation<@Nullable Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    runInGuestOnly(invocation);
  }

  @Override
  public void interceptAfterEachMethod(
      Invocation<@Nullable Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    runInGuestOnly(invocation);
  }

  @Override
  public void interceptAfterAllMethod(
      Invocation<@Nullable Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    runInGuestOnly(invocation);
  }

  private static void runInGuestOnly(Invocation<@Nullable Void> invocation) throws Throwable {
    if (Guest.isInside()) {
      invocation.proceed();
    } else {
      invocation.skip();
    }
  }
}
