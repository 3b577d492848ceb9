package org.nnks.bloom;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.numeric.Grid;

/**
 * Solves the firms' problem on the grid, exactly: value iteration on all nodes of (a, s, s_-1, K,
 * z, k, n_-1) with every short-cut that leaves the answer unchanged.
 */
public final class ExactBellman {

  static final double TOLERANCE = 1e-6;
  static final int MAX_SWEEPS = 2_000;

  private final Bloom economy;
  private final GridValue value;
  private final Grid meanCapital;
  private final Sweep[] sweeps;
  private final SlowModes slowModes;

  /** A solver that starts from a value of zero. */
  public ExactBellman(Bloom economy) {
    this.economy = economy;
    value = new GridValue(economy);
    meanCapital = economy.meanCapital();
    sweeps = new Sweep[economy.states().size()];
    Arrays.setAll(sweeps, Sweep::new);
    slowModes = new SlowModes(economy);
  }

  /** Solves given forecast rules, starting from the last solution; returns the sweeps taken. */
  public int solve(ForecastRules rules) {
    slowModes.prepare(rules);
    double change = Double.POSITIVE_INFINITY;
    int count = 0;
    while (change > TOLERANCE && count < MAX_SWEEPS) {
      IntStream.range(0, sweeps.length).parallel().forEach(state -> sweeps[state].run(rules));
      change = 0;
      for (Sweep sweep : sweeps) {
        change = Math.max(change, sweep.largest);
      }
      slowModes.correct(value.nodes());
      value.update();
      count++;
    }
    return count;
  }

  GridValue value() {
    return value;
  }

  /** One application of the Bellman operator in one aggregate state. */
  private final class Sweep {
    private final int state;
    private final FactoredChoice choice = new FactoredChoice(economy);
    private final GridChoices choices = new GridChoices(economy);
    private final double[] continuation = new double[economy.cells()];
    private final double[] next = new double[economy.cells()];
    private double largest;

    Sweep(int state) {
      this.state = state;
    }

    void run(ForecastRules rules) {
      double[] values = value.nodes();
      int shocks = economy.calibration().idiosyncraticStates();
      int block = next.length / shocks;
      largest = 0;
      for (int j = 0; j < meanCapital.size(); j++) {
        double mean = meanCapital.get(j);
        value.continuation(state, rules.nextCapital(state, mean), continuation);
        choice.solve(
            rules.price(state, mean),
            economy.states().level(state),
            continuation,
            next,
            0,
            choices);
        int offset = value.offset(state, j);
        for (int z = 0; z < shocks; z++) {
          double sum = 0;
          for (int i = z * block; i < (z + 1) * block; i++) {
            double residual = next[i] - values[offset + i];
            sum += residual;
            largest = Math.max(largest, Math.abs(residual));
            values[offset + i] = next[i];
          }
          slowModes.setMean(state, j, z, sum / block);
        }
      }
    }
  }
}
