package org.nnks.ddpg.environments;

import java.util.random.RandomGenerator;
import org.nnks.krusellsmith.KrusellSmith;

/**
 * A household's own state where it depends on the business cycle: the index of an idiosyncratic
 * state, given the indices of today's and tomorrow's aggregate states.
 */
record EmploymentShock(KrusellSmith economy) implements ShockProcess {

  @Override
  public double start(double aggregate, RandomGenerator random) {
    return ChainShock.draw(economy.shares((int) aggregate), random);
  }

  @Override
  public double draw(double state, double from, double to, RandomGenerator random) {
    return ChainShock.draw(economy.transition((int) from, (int) to).row((int) state), random);
  }

  @Override
  public int nodes() {
    return economy.states();
  }

  @Override
  public double node(double state, double from, double to, int node) {
    return node;
  }

  @Override
  public double weight(double state, double from, double to, int node) {
    return economy.transition((int) from, (int) to).get((int) state, node);
  }
}
