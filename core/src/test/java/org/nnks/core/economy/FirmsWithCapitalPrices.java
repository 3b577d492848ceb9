package org.nnks.core.economy;

import static org.nnks.core.economy.TaxedFirms.ADJUST;
import static org.nnks.core.economy.TaxedFirms.CAPITAL;
import static org.nnks.core.economy.TaxedFirms.DELTA;
import static org.nnks.core.economy.TaxedFirms.I;
import static org.nnks.core.economy.TaxedFirms.NEXT;
import static org.nnks.core.economy.TaxedFirms.P;
import static org.nnks.core.economy.TaxedFirms.Z;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.symbolic.Expression;
import org.nnks.core.symbolic.Term;

/** A second aggregate shock: what a unit of capital costs in goods, independent of productivity. */
record FirmsWithCapitalPrices() implements LikeTaxedFirms {

  private static final MarkovChain COST = MarkovChain.rouwenhorst(.6, .01, 2);

  @Override
  public String name() {
    return "firms-with-capital-prices";
  }

  /** Both chains, the price of capital fastest. */
  @Override
  public MarkovChain aggregate() {
    MarkovChain productivity = FIRMS.aggregate();
    int n = productivity.size() * COST.size();
    double[] levels = new double[n];
    double[] moves = new double[n * n];
    for (int from = 0; from < n; from++) {
      levels[from] = productivity.level(from / 2);
      for (int to = 0; to < n; to++) {
        moves[from * n + to] =
            productivity.probability(from / 2, to / 2) * COST.probability(from % 2, to % 2);
      }
    }
    return new MarkovChain(Vector.of(levels), Matrix.of(n, n, moves));
  }

  private Exogenous price() {
    double[] levels = new double[aggregate().size()];
    for (int a = 0; a < levels.length; a++) {
      levels[a] = COST.level(a % 2);
    }
    return Exogenous.aggregate("q", Vector.of(levels));
  }

  @Override
  public List<Exogenous> exogenous() {
    return List.of(Exogenous.aggregate("A", aggregate().levels()), price(), Z);
  }

  private Expression investment() {
    return price().times(NEXT.minus(CAPITAL.times(1 - DELTA)));
  }

  @Override
  public Term payoff(Branch branch) {
    Expression profit = FIRMS.payoff(TaxedFirms.WAIT).expression();
    return branch.equals(ADJUST) ? profit.minus(P.times(investment())) : profit;
  }

  @Override
  public Map<Total, Term> contributions(Branch branch) {
    Map<Total, Term> totals = new HashMap<>(FIRMS.contributions(branch));
    if (branch.equals(ADJUST)) {
      totals.put(I, investment());
    }
    return totals;
  }
}
