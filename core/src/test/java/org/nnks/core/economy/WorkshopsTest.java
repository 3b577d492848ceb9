package org.nnks.core.economy;

import org.junit.jupiter.api.Tag;
import org.nnks.core.contract.DeclaredEconomyContract;
import org.nnks.core.oracle.OracleSize;
import org.nnks.core.projection.ProjectionSize;

/**
 * Two states, three branches, two prices, two moments. Not yet run to its end: without costs of
 * installation the oracle solved it and its markets cleared, but demand of the projection jumped.
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
