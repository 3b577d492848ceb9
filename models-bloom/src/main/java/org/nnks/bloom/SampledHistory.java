package org.nnks.bloom;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.simulate.History;
import org.nnks.core.simulate.Period;

/** A history that keeps the firms of some of its quarters. */
public final class SampledHistory implements History {

  /**
   * The firms of a quarter.
   *
   * @param state aggregate state
   * @param meanCapital K
   * @param prices p, and W where it clears
   * @param firms mass by (z, cell (k, n_-1))
   */
  record Census(int state, double meanCapital, Vector prices, Matrix firms) {}

  private final History history;
  private final IntPredicate sampled;
  private final List<Census> census = new ArrayList<>();

  /**
   * A history to be looked into.
   *
   * @param sampled whether the firms of a quarter, counted from zero, are kept
   */
  public SampledHistory(History history, IntPredicate sampled) {
    this.history = history;
    this.sampled = sampled;
  }

  /** The quarters that were kept so far. */
  public List<Census> census() {
    return census;
  }

  @Override
  public Period step(int period, int aggregateState) {
    if (!sampled.test(period - 1)) {
      return history.step(period, aggregateState);
    }
    Matrix firms = history.distribution();
    Period stepped = history.step(period, aggregateState);
    census.add(new Census(aggregateState, stepped.capital(), stepped.prices(), firms));
    return stepped;
  }

  @Override
  public Map<String, Double> crossSection() {
    return history.crossSection();
  }

  @Override
  public void advance(int nextAggregateState) {
    history.advance(nextAggregateState);
  }

  @Override
  public Matrix distribution() {
    return history.distribution();
  }
}
