package org.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.nnks.core.solve.Status;

class FixedCostsTest {

  private static final int PERIODS = 300;

  @Test
  void solvesAndDependsOnTheCost() {
    var low = FixedCosts.solve(0.0083, PERIODS);
    var high = FixedCosts.solve(0.02, PERIODS);
    assertEquals(Status.CONVERGED, low.status(), low.verdict());
    assertEquals(Status.CONVERGED, high.status(), high.verdict());
    double gap = high.path().capital().mean() - low.path().capital().mean();
    assertTrue(Math.abs(gap) > 1e-4, "mean capital does not depend on the fixed cost: " + gap);
  }
}
