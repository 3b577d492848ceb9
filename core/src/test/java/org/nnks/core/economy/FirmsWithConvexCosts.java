package org.nnks.core.economy;

import static org.nnks.core.economy.TaxedFirms.ADJUST;
import static org.nnks.core.economy.TaxedFirms.CAPITAL;
import static org.nnks.core.economy.TaxedFirms.DELTA;
import static org.nnks.core.economy.TaxedFirms.I;
import static org.nnks.core.economy.TaxedFirms.NEXT;
import static org.nnks.core.economy.TaxedFirms.P;

import java.util.HashMap;
import java.util.Map;
import org.nnks.core.symbolic.Expression;
import org.nnks.core.symbolic.Term;

/** Adjusting costs c / 2 (i / k)^2 k goods beside the fixed cost in hours. */
record FirmsWithConvexCosts() implements LikeTaxedFirms {

  private static final double COST = .5;

  @Override
  public String name() {
    return "firms-with-convex-costs";
  }

  private static Expression convexCost() {
    Expression investment = NEXT.minus(CAPITAL.times(1 - DELTA));
    return investment.times(investment).over(CAPITAL).times(COST / 2);
  }

  @Override
  public Term payoff(Branch branch) {
    Expression payoff = FIRMS.payoff(branch).expression();
    return branch.equals(ADJUST) ? payoff.minus(P.times(convexCost())) : payoff;
  }

  @Override
  public Map<Total, Term> contributions(Branch branch) {
    Map<Total, Term> totals = new HashMap<>(FIRMS.contributions(branch));
    if (branch.equals(ADJUST)) {
      totals.computeIfPresent(I, (total, term) -> term.expression().plus(convexCost()));
    }
    return totals;
  }
}
