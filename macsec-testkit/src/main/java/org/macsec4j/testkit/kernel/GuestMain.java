package org.macsec4j.testkit.kernel;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** What runs in the guest: JUnit, for the tests that the host selected. */
final class GuestMain {
  /** So long before the host loses its patience the threads are shown. */
  private static final int BEFORE_THE_END_SECONDS = 3;

  private GuestMain() {}

  /** Called by {@code init.sh}, with the seconds after which the host ends the guest, or 0. */
  public static void main(String[] arguments) throws IOException {
    Guest.enter();
    PrintStream console = System.err;
    startWatch(Integer.parseInt(arguments[0]), console);
    Exchange exchange = Exchange.inGuest();
    Properties properties = exchange.properties();
    properties.stringPropertyNames().forEach(n -> System.setProperty(n, properties.getProperty(n)));
    try (EventWriter events = new EventWriter(exchange.events())) {
      System.setOut(events.stream(GuestEvent.Kind.OUT));
      System.setErr(events.stream(GuestEvent.Kind.ERR));
      run(exchange.selection(), events);
      System.out.flush();
      System.err.flush();
      events.write(GuestEvent.of(GuestEvent.Kind.END, ""));
    }
    // Tests may leave threads behind.
    System.exit(0);
  }

  private static void run(List<String> selection, EventWriter events) {
    List<DiscoverySelector> selectors =
        selection.stream().map(id -> (DiscoverySelector) selectUniqueId(id)).toList();
    // Listeners that register themselves do so on the host: they hear of each test there.
    LauncherConfig config =
        LauncherConfig.builder()
            .enableTestExecutionListenerAutoRegistration(false)
            .enableLauncherSessionListenerAutoRegistration(false)
            .build();
    LauncherFactory.create(config)
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(selectors)
                .filters(EngineFilter.includeEngines("junit-jupiter"))
                .build(),
            new ProgressListener(events));
  }

  private static void startWatch(int timeoutSeconds, PrintStream console) {
    if (timeoutSeconds <= BEFORE_THE_END_SECONDS) {
      return;
    }
    Thread watch =
        new Thread(
            () -> {
              try {
                Thread.sleep(1000L * (timeoutSeconds - BEFORE_THE_END_SECONDS));
                showThreads(console);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "shows the threads before the time is over");
    watch.setDaemon(true);
    watch.start();
  }

  private static void showThreads(PrintStream console) {
    StringBuilder text = new StringBuilder("The time is almost over. The threads:\n");
    for (Map.Entry<Thread, StackTraceElement[]> thread : Thread.getAllStackTraces().entrySet()) {
      text.append(thread.getKey()).append(' ').append(thread.getKey().getState()).append('\n');
      for (StackTraceElement element : thread.getValue()) {
        text.append("    at ").append(element).append('\n');
      }
    }
    console.print(text);
  }
}
