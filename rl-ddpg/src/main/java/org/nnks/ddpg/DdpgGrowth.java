package org.nnks.ddpg;

import java.util.function.ToDoubleFunction;
import org.nnks.ddpg.environments.AgentState;
import org.nnks.ddpg.environments.GrowthEnvironment;
import org.nnks.krusellsmith.rbc.Rbc;
import org.nnks.krusellsmith.rbc.RbcRule;

/** A learned policy as the consumption rule of the representative agent; it does not change. */
public final class DdpgGrowth implements RbcRule {

  private final Rbc economy;
  private final GrowthEnvironment environment;
  private final ToDoubleFunction<AgentState> actions;

  /**
   * The present policy of a learner.
   *
   * @param economy the economy with a chain for z, on which the rule is evaluated
   * @throws IllegalArgumentException if the learner did not learn a growth economy
   */
  public DdpgGrowth(Rbc economy, Ddpg ddpg) {
    this.economy = economy;
    if (!(ddpg.environment() instanceof GrowthEnvironment growth)) {
      throw new IllegalArgumentException(
          "a rule of the representative agent needs a learner of the growth economy but this one"
              + " learned "
              + ddpg.environment().name());
    }
    environment = growth;
    actions = ddpg.frozenPolicy();
  }

  @Override
  public double consumption(int state, double capital) {
    double z = Math.log(economy.productivity().level(state));
    AgentState now = new AgentState(capital, 0, z, capital, 1);
    return actions.applyAsDouble(now) * environment.cash(now);
  }
}
