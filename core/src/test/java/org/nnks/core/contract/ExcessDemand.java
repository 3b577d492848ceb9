package org.nnks.core.contract;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nnks.core.agents.AgentHistogram;
import org.nnks.core.agents.AgentPeriod;
import org.nnks.core.agents.AgentSolution;
import org.nnks.core.agents.CellDecisions;
import org.nnks.core.agents.CellOutcomes;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.Exogenous;
import org.nnks.core.economy.Moment;
import org.nnks.core.economy.Price;
import org.nnks.core.symbolic.Program;

/** The residual of a single price, where agents are distributed as the economy starts. */
final class ExcessDemand {

  private final DeclaredEconomy economy;
  private final AgentSolution solution;
  private final AgentHistogram agents;
  private final CellOutcomes outcomes;

  ExcessDemand(DeclaredEconomy economy, AgentSolution solution) {
    this.economy = economy;
    this.solution = solution;
    agents = new AgentHistogram(economy);
    outcomes = new CellOutcomes(economy, agents.levels());
  }

  double at(int a, double[] moments, double p) {
    AgentPeriod period = solution.deciding().apply(agents.levels()).period(a, moments);
    CellDecisions decisions = new CellDecisions(economy.branches(), agents.mass().length);
    period.decide(new double[][] {{p}}, new CellDecisions[] {decisions});
    outcomes.state(a, moments);
    double[] sums = new double[outcomes.totals().size()];
    outcomes.addUp(new double[] {p}, decisions, agents.mass(), sums);
    Price price = economy.prices().get(0);
    Map<String, Double> known = new HashMap<>();
    known.put(price.name(), p);
    for (int t = 0; t < sums.length; t++) {
      known.put(outcomes.totals().get(t), sums[t]);
    }
    for (Exogenous variable : economy.exogenous()) {
      if (!variable.own()) {
        known.put(variable.name(), variable.levels().get(a));
      }
    }
    for (int j = 0; j < moments.length; j++) {
      known.put(economy.moments().get(j).name(), moments[j]);
    }
    for (Moment moment : economy.moments()) {
      if (moment.kind() == Moment.Kind.EVOLVING) {
        known.put(
            moment.next().name(), value(new Program(0, Map.of(), List.of(moment.law())), known));
      }
    }
    return value(new Program(0, Map.of(), List.of(economy.residuals().get(price))), known);
  }

  private static double value(Program program, Map<String, Double> known) {
    known.forEach(program::set);
    return program.evaluate(0)[0];
  }
}
