package org.nnks.ddpg.environments;

import java.util.function.ToDoubleFunction;
import org.nnks.krusellsmith.rbc.Rbc;
import org.nnks.krusellsmith.rbc.RbcRule;

/**
 * Learned actions as the consumption rule of the representative agent.
 *
 * @param economy with a chain for z, on which the rule is asked
 * @param environment in which the actions were learned
 * @param actions shares of cash on hand that are consumed; they do not change
 */
public record GrowthRule(
    Rbc economy, GrowthEnvironment environment, ToDoubleFunction<AgentState> actions)
    implements RbcRule {

  @Override
  public double consumption(int state, double capital) {
    double z = Math.log(economy.productivity().level(state));
    AgentState now = new AgentState(capital, 0, z, capital, 1);
    return actions.applyAsDouble(now) * environment.cash(now);
  }
}
