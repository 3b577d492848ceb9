package org.nnks.ddpg.modelbased;

import org.nnks.ddpg.HostNetwork;
import org.nnks.ddpg.environments.AgentState;
import org.nnks.ddpg.environments.GrowthEnvironment;
import org.nnks.krusellsmith.rbc.Rbc;
import org.nnks.krusellsmith.rbc.RbcRule;

/**
 * What a learner has learned as the consumption rule of the representative agent: a copy, which
 * later training does not change.
 */
final class LearnedGrowth implements RbcRule {

  private final Rbc economy;
  private final GrowthEnvironment environment;
  private final HostNetwork network;

  /** The rule as it is, on an economy with a chain for z. */
  LearnedGrowth(ModelBasedGradient learner, Rbc economy, GrowthEnvironment environment) {
    this.economy = economy;
    this.environment = environment;
    network = new HostNetwork(learner.networks().actor().average().network());
  }

  @Override
  public double consumption(int state, double capital) {
    double z = Math.log(economy.productivity().level(state));
    AgentState now = new AgentState(capital, 0, z, capital, 1);
    double[] row = new double[environment.inputs()];
    environment.writeInputs(now, row, 0);
    double keeping = environment.keepingAction(now);
    double shift = Link.LOG_ODDS.shift(keeping);
    double shifted = ActorNetwork.shifted(shift, network.value(row)[0]);
    return Link.LOG_ODDS.action(shifted) * environment.cash(now);
  }
}
