package org.nnks.ddpg.environments;

import java.util.random.RandomGenerator;
import org.nnks.core.numeric.Matrix;
import org.nnks.krusellsmith.KrusellSmith;

/**
 * A household's own state where it depends on the business cycle: the index of an idiosyncratic
 * state, given the indices of today's and tomorrow's aggregate states.
 */
record EmploymentShock(KrusellSmith economy) implements Shock {

  @Override
  public double start(double aggregate, RandomGenerator random) {
    return random.nextInt(economy.states());
  }

  @Override
  public double draw(double state, double from, double to, RandomGenerator random) {
    Matrix law = economy.transition((int) from, (int) to);
    double u = random.nextDouble();
    int next = 0;
    double sum = law.get((int) state, 0);
    while (u > sum && next < law.columns() - 1) {
      next++;
      sum += law.get((int) state, next);
    }
    return next;
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
