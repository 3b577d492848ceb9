package org.nnks.ddpg;

import org.nnks.ddpg.environments.AgentState;
import org.nnks.ddpg.environments.HouseholdEnvironment;
import org.nnks.krusellsmith.HouseholdRule;
import org.nnks.krusellsmith.Households;

/**
 * A learned policy as the decision rule of households on a histogram: any number of households, not
 * only the hundred that learned. Prices, the means K and N and the summary are those of the
 * histogram.
 */
public final class DdpgHouseholds implements HouseholdRule {

  private final Ddpg ddpg;
  private final HouseholdEnvironment environment;

  /**
   * The policy of a learner.
   *
   * @throws IllegalArgumentException if it did not learn a household economy
   */
  public DdpgHouseholds(Ddpg ddpg) {
    this.ddpg = ddpg;
    if (!(ddpg.environment() instanceof HouseholdEnvironment households)) {
      throw new IllegalArgumentException(
          "a household rule needs a learner of the Krusell-Smith economy but this one learned "
              + ddpg.environment().name());
    }
    environment = households;
  }

  @Override
  public void nextCapital(Households households, double[][] capital, double[][] nextCapital) {
    int a = households.aggregateState();
    double mean = households.meanCapital();
    int columns = capital[0].length;
    AgentState[] states = new AgentState[capital.length * columns];
    for (int s = 0; s < capital.length; s++) {
      for (int i = 0; i < columns; i++) {
        states[s * columns + i] = environment.household(a, s, capital[s][i], mean);
      }
    }
    double[] actions = ddpg.actions(states, summary(households));
    for (int s = 0; s < capital.length; s++) {
      for (int i = 0; i < columns; i++) {
        int at = s * columns + i;
        nextCapital[s][i] = environment.outcome(states[at], actions[at]).next();
      }
    }
  }

  /** They know prices, and learned what becomes of them. */
  @Override
  public boolean followsForecasts() {
    return false;
  }

  private double[] summary(Households households) {
    if (ddpg.config().networks().summaryOutputs() == 0) {
      return new double[0];
    }
    int nodes = households.nodes();
    int rows = environment.economy().states();
    double[] capital = new double[rows * nodes];
    double[] labour = new double[rows * nodes];
    double[] mass = new double[rows * nodes];
    for (int s = 0; s < rows; s++) {
      for (int i = 0; i < nodes; i++) {
        int at = s * nodes + i;
        AgentState cell =
            environment.household(households.aggregateState(), s, households.node(i), 1);
        capital[at] = cell.capital();
        labour[at] = cell.labour();
        mass[at] = households.mass(s, i);
      }
    }
    return ddpg.summary(capital, labour, mass);
  }
}
