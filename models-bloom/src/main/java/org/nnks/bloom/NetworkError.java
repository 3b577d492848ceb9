package org.nnks.bloom;

import org.nnks.core.bellman.EquationError;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.markov.MarkovChain;

/** The Bellman error of a fitted beta E V at nodes of k that it was not fitted to. */
public final class NetworkError {

  private final Bloom economy;
  private final ForecastRules rules;
  private final ContinuationValue value;
  private final boolean[] sampled;
  private final ContinuousChoice choice;
  private final double[] continuation;
  private final int block;

  /**
   * The error of a value.
   *
   * @param sampleCapital nodes of k that it was fitted to, and that are left out
   */
  public NetworkError(
      Bloom economy,
      ForecastRules rules,
      ChoiceGrid grid,
      ContinuationValue value,
      int... sampleCapital) {
    this.economy = economy;
    this.rules = rules;
    this.value = value;
    choice = new ContinuousChoice(economy, grid);
    continuation = new double[economy.cells()];
    block = grid.size();
    sampled = new boolean[economy.capital().size()];
    for (int k : sampleCapital) {
      sampled[k] = true;
    }
  }

  /** |beta E V - fit| at these mean capitals of the next quarter. */
  public EquationError at(double[] meanCapitals, String description) {
    AggregateStates states = economy.states();
    int shocks = economy.calibration().idiosyncraticStates();
    int points = 0;
    double absolute = 0;
    double signed = 0;
    double largest = 0;
    for (double mean : meanCapitals) {
      double[][] values = new double[states.size()][];
      for (int state = 0; state < values.length; state++) {
        values[state] = values(state, mean);
      }
      for (int state = 0; state < values.length; state += AggregateStates.VOLATILITIES) {
        double[] expected = expected(values, state);
        value.continuation(state, mean, continuation);
        for (int cell = 0; cell < shocks * block; cell++) {
          if (!sampled[cell % block / economy.hours().size()]) {
            double error = expected[cell] - continuation[cell];
            points++;
            absolute += Math.abs(error);
            signed += error;
            largest = Math.max(largest, Math.abs(error));
          }
        }
      }
    }
    return new EquationError(description, points, absolute / points, largest, signed / points);
  }

  /** V by cell (z, k, n_-1). */
  private double[] values(int state, double mean) {
    value.continuation(state, rules.nextCapital(state, mean), continuation);
    choice.begin(
        rules.price(state, mean),
        economy.labour().expectedPrice(rules, state, mean),
        economy.states().level(state),
        continuation);
    double[] values = new double[economy.cells()];
    int cell = 0;
    for (int z = 0; z < economy.calibration().idiosyncraticStates(); z++) {
      choice.chooseCapital(z);
      for (int k = 0; k < economy.capital().size(); k++) {
        choice.chooseHours(k);
        for (int i = 0; i < economy.hours().size(); i++, cell++) {
          values[cell] = choice.value(choice.best(i), i);
        }
      }
    }
    return values;
  }

  /** beta E V seen from an aggregate state, by (z, k', n). */
  private double[] expected(double[][] values, int state) {
    MarkovChain chain = economy.idiosyncratic(economy.states().volatility(state));
    double[] mean = new double[economy.cells()];
    for (int next = 0; next < values.length; next++) {
      double probability = economy.discountFactor() * economy.aggregate().probability(state, next);
      for (int cell = 0; probability > 0 && cell < mean.length; cell++) {
        mean[cell] += probability * values[next][cell];
      }
    }
    double[] expected = new double[mean.length];
    for (int z = 0; z < chain.size(); z++) {
      for (int next = 0; next < chain.size(); next++) {
        double probability = chain.probability(z, next);
        for (int i = 0; i < block; i++) {
          expected[z * block + i] += probability * mean[next * block + i];
        }
      }
    }
    return expected;
  }
}
