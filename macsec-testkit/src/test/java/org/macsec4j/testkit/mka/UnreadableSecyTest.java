package org.macsec4j.testkit.mka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.macsec4j.LeftOver;
import org.macsec4j.Macsec;
import org.macsec4j.MacsecException;
import org.macsec4j.MacsecException.Kind;
import org.macsec4j.Secy;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.runtime.MkaSession;
import org.macsec4j.spi.MacsecBackend;
import org.macsec4j.testkit.Host;
import org.macsec4j.testkit.Lab;
import org.macsec4j.testkit.junit.MacsecLab;

/** A backend that does not answer as it should. */
@MacsecLab
class UnreadableSecyTest {
  private static final Duration SOON = Duration.ofSeconds(3);

  private final MkaConfig config = MkaConfig.preSharedKey(Members.CKN, Members.CAK_128);

  /** What the methods of a name throw from now on. */
  private final Map<String, MacsecException> refusals = new ConcurrentHashMap<>();

  /** What the backend does with a SecY that is there, which has to be read if it is kept. */
  private LeftOver policy = LeftOver.REFUSE;

  private Host a;
  private MkaSession left;
  private MkaSession right;

  private void secure(Lab lab) {
    a = lab.host("a");
    Host b = lab.host("b");
    lab.wire(a, b);
    left = MkaSession.start(Macsec.using(backendOf(a)), "eth0", config);
    right = MkaSession.start(b.macsec(), "eth0", config);
    lab.runUntil(() -> left.isSecured() && right.isSecured(), SOON);
  }

  private MacsecBackend backendOf(Host host) {
    MacsecBackend real = host.macsec().backend();
    return (MacsecBackend)
        Proxy.newProxyInstance(
            MacsecBackend.class.getClassLoader(),
            new Class<?>[] {MacsecBackend.class},
            (proxy, method, arguments) -> {
              if (refusals.containsKey(method.getName())) {
                throw refusals.get(method.getName());
              }
              if (method.getName().equals("leftOver")) {
                return policy;
              }
              if (method.getName().equals("equals")) {
                return proxy == arguments[0];
              }
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Test
  void aPortThatCannotBeOpenedLeavesNothingBehind(Lab lab) {
    a = lab.host("a");
    lab.wire(a, lab.host("b"));
    refusals.put("openPort", new MacsecException(Kind.PERMISSION, "it needs CAP_NET_RAW"));
    assertThatExceptionOfType(MacsecException.class)
        .isThrownBy(() -> MkaSession.start(Macsec.using(backendOf(a)), "eth0", config))
        .withMessage("it needs CAP_NET_RAW");
    assertThat(a.macsec().secys()).isEmpty();
  }

  @Test
  void aSecyThatCannotBeReadForAWhileIsLeftAlone(Lab lab) {
    secure(lab);
    refusals.put("read", new MacsecException(Kind.BACKEND, "the report is cut short"));
    lab.run(SOON);
    assertThat(left.isSecured()).isTrue();
    right.rekey();
    left.rekey();
    lab.run(SOON);
    assertThat(left.isSecured() && right.isSecured()).isTrue();
    assertThat(left.status().counters().saksInstalled()).isGreaterThan(1);
  }

  @Test
  void aSecyThatCannotBeReadWhenItIsMadeAnewIsNotLeftInTheWayOfTheNext(Lab lab) {
    policy = LeftOver.RECONCILE;
    secure(lab);
    refusals.put("read", new MacsecException(Kind.NOT_FOUND, "there is no such SecY"));
    lab.run(SOON);
    assertThat(left.isSecured()).isFalse();
    a.macsec().secys().forEach(Secy::delete);
    lab.run(SOON);
    assertThat(a.macsec().secys()).isEmpty();
    refusals.clear();
    lab.runUntil(() -> left.isSecured() && right.isSecured(), Duration.ofSeconds(10));
  }
}
