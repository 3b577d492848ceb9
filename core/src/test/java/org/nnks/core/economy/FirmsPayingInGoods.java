package org.nnks.core.economy;

import static org.nnks.core.economy.TaxedFirms.ADJUST;
import static org.nnks.core.economy.TaxedFirms.P;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nnks.core.symbolic.Expression;
import org.nnks.core.symbolic.Term;

/** The fixed cost is uniform on [0, .04] goods, which nobody can then eat. */
record FirmsPayingInGoods() implements LikeTaxedFirms {

  private static final double MAX_COST = .04;
  private static final Total F = new Total("F");

  @Override
  public String name() {
    return "firms-paying-in-goods";
  }

  @Override
  public Choice choice() {
    return new Choice.UniformCost(ADJUST, P.times(MAX_COST));
  }

  @Override
  public Map<Total, Term> contributions(Branch branch) {
    Map<Total, Term> totals = new HashMap<>(FIRMS.contributions(branch));
    totals.remove(TaxedFirms.N);
    if (branch.equals(ADJUST)) {
      totals.put(F, ((Choice.UniformCost) choice()).paid().over(P));
    }
    return totals;
  }

  @Override
  public Expression consumption() {
    return TaxedFirms.Y.minus(TaxedFirms.I).minus(F);
  }

  @Override
  public Map<String, Term> aggregates() {
    Map<String, Term> series = new LinkedHashMap<>(LikeTaxedFirms.super.aggregates());
    series.remove("N");
    series.put("F", F);
    return series;
  }
}
