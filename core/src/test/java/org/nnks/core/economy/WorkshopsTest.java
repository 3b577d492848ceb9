package org.nnks.core.economy;

import org.junit.jupiter.api.Tag;
import org.nnks.core.contract.DeclaredEconomyContract;
import org.nnks.core.oracle.OracleSize;
import org.nnks.core.projection.ProjectionSize;

/** Two states, three branches, two prices, two moments, certified against the oracle. */
@Tag("slow")
class WorkshopsTest extends DeclaredEconomyContract {

  @Override
  protected DeclaredEconomy economy() {
    return new Workshops();
  }

  /** A third of the default, so that the test takes seconds. */
  @Override
  protected ProjectionSize projectionSize() {
    return ProjectionSize.withFeatures(2, 81);
  }

  @Override
  protected OracleSize oracleSize() {
    return new OracleSize(16, 12, 6, 1e-8);
  }

  @Override
  protected int periods() {
    return 40;
  }
}
