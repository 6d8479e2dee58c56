/** Doubles for unit tests of applications: {@link org.macsec4j.testkit.fake.RecordingBackend}. */
@NullMarked
package org.macsec4j.testkit.fake;

import org.jspecify.annotations.NullMarked;
