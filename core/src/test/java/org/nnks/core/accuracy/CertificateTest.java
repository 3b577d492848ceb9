package org.nnks.core.accuracy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nnks.core.model.Variables;

class CertificateTest {

  private static final CertificateLimits LIMITS = new CertificateLimits(.03, .12, 1e-3);

  /** The second of two prices once went by the limit, and the name, of K, and K by none. */
  @Test
  void everyPriceAndEveryMomentIsHeldToItsOwnLimit() {
    Variables variables = new Variables(List.of("K", "S"), List.of("p", "q"));
    List<String> violations = new ArrayList<>();
    Certificate.checkGaps(
        violations,
        List.of(
            gap("p", .02),
            gap("q", .05),
            gap("K", .11),
            gap("S", .13),
            gap("Y", 9),
            gap("I", 9),
            gap("N", 9)),
        variables,
        LIMITS);
    assertThat(violations)
        .containsExactly(
            "the largest gap in q, in percent, is 0.0500, above the limit of 0.03",
            "the largest gap in S, in percent, is 0.130, above the limit of 0.12");
  }

  @Test
  void aGapThatIsNoNumberIsNoCertificate() {
    List<String> violations = new ArrayList<>();
    Certificate.checkGaps(
        violations,
        List.of(gap("p", 0), gap("K", Double.NaN), gap("Y", 0), gap("I", 0), gap("N", 0)),
        Variables.STANDARD,
        LIMITS);
    assertThat(violations).hasSize(1).first().asString().contains("gap in K", "NaN");
  }

  private static PathGap gap(String name, double max) {
    return new PathGap(name, 0.0, 0.0, max);
  }
}
