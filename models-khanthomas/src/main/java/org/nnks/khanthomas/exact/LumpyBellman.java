package org.nnks.khanthomas.exact;

import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.forecast.ForecastRules;

/** Solves the problem of firms with lumpy investment, by whatever method. */
public interface LumpyBellman extends BellmanSolver {

  /** The economy that the firms live in. */
  LumpyInvestment economy();

  @Override
  LumpySolution solve(ForecastRules rules);

  @Override
  LumpySolution current(ForecastRules rules);

  /** The steady states of the aggregate states: see {@link ColdStart}. */
  @Override
  default ForecastRules coldStart() {
    return ColdStart.rules(economy());
  }
}
