/** A laboratory for each test: {@link org.macsec4j.testkit.junit.MacsecLab}. Needs JUnit 5. */
@NullMarked
package org.macsec4j.testkit.junit;

import org.jspecify.annotations.NullMarked;
