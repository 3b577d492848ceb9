package org.nnks.core.economy;

import org.junit.jupiter.api.Tag;
import org.nnks.core.contract.DeclaredEconomyContract;
import org.nnks.core.oracle.OracleSize;
import org.nnks.core.projection.ProjectionSize;

/**
 * Two states, three branches, two prices, two moments. Checked so far: the declaration, and that
 * the oracle solves it and its markets clear. Not yet run to its end: the loop of the projection,
 * and so the comparison with the oracle.
 */
@Tag("paper") // minutes
class WorkshopsTest extends DeclaredEconomyContract {

  @Override
  protected DeclaredEconomy economy() {
    return new Workshops();
  }

  /** Fewer features than the default, so that the test takes minutes. */
  @Override
  protected ProjectionSize projectionSize() {
    return ProjectionSize.withFeatures(2, 100);
  }

  @Override
  protected OracleSize oracleSize() {
    return new OracleSize(16, 12, 6, 1e-8);
  }

  @Override
  protected int periods() {
    return 80;
  }
}
