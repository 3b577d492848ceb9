package org.nnks.khanthomas.exact;

import java.util.Arrays;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.numeric.Grid;
import org.nnks.core.numeric.Matrix;

/**
 * The distribution of firms over idiosyncratic states and capital nodes, moved by the lottery of
 * Young (2010): a target between two nodes is split so that mass and mean are kept.
 *
 * <p>Cells are ordered z-major. Mass is in double precision on the host. Mutable, not thread-safe.
 */
public final class Histogram {

  private final Grid capital;
  private final LumpyInvestment economy;
  private final int shocks;
  private final double[] mass;
  private final double[] moved;

  private Histogram(LumpyInvestment economy) {
    this.economy = economy;
    capital = economy.capital();
    shocks = economy.idiosyncratic().size();
    mass = new double[shocks * capital.size()];
    moved = new double[mass.length];
  }

  /** Equal mass in every cell: where Terry (2017) starts. */
  public static Histogram uniform(LumpyInvestment economy) {
    Histogram firms = new Histogram(economy);
    Arrays.fill(firms.mass, 1.0 / firms.mass.length);
    return firms;
  }

  /**
   * Equal mass at every k, and for each z what its stationary law says, so that only capital has to
   * settle; equal mass in every cell where z has no such law.
   */
  static Histogram settledShocks(LumpyInvestment economy) {
    Histogram firms = uniform(economy);
    economy
        .idiosyncratic()
        .findStationary()
        .ifPresent(
            law -> {
              int nodes = economy.capital().size();
              for (int cell = 0; cell < firms.mass.length; cell++) {
                firms.mass[cell] = law.get(cell / nodes) / nodes;
              }
            });
    return firms;
  }

  /** The mass of a cell. */
  public double mass(int cell) {
    return mass[cell];
  }

  /** The number of cells. */
  public int size() {
    return mass.length;
  }

  /** The mean of k over firms. */
  public double meanCapital() {
    int nodes = capital.size();
    double mean = 0;
    for (int cell = 0; cell < mass.length; cell++) {
      mean += mass[cell] * capital.get(cell % nodes);
    }
    return mean;
  }

  /** The mass of all firms: one, up to rounding. */
  public double total() {
    return Arrays.stream(mass).sum();
  }

  /** The mass of adjusting firms whose target is at or beyond an end of the grid. */
  public double edgeMass(Decisions decisions) {
    int nodes = capital.size();
    double edge = 0;
    for (int z = 0; z < shocks; z++) {
      double target = decisions.target(z);
      if (target <= capital.lower() || target >= capital.upper()) {
        for (int cell = z * nodes; cell < (z + 1) * nodes; cell++) {
          edge += mass[cell] * decisions.adjusting(cell);
        }
      }
    }
    return edge;
  }

  /** The masses as a matrix of shape (idiosyncratic states, capital nodes). */
  public Matrix toMatrix() {
    return Matrix.of(shocks, capital.size(), mass);
  }

  /**
   * Moves firms one period on: adjusters to their target, the others to what they keep; then
   * idiosyncratic shocks as the economy moves to an aggregate state.
   */
  public void advance(Decisions decisions, int nextAggregateState) {
    int nodes = capital.size();
    Arrays.fill(moved, 0);
    for (int z = 0; z < shocks; z++) {
      int row = z * nodes;
      double adjusters = 0;
      for (int i = 0; i < nodes; i++) {
        double firms = mass[row + i];
        if (firms == 0) {
          continue;
        }
        double adjusting = firms * decisions.adjusting(row + i);
        adjusters += adjusting;
        split(row, decisions.kept(row + i), firms - adjusting);
      }
      split(row, decisions.target(z), adjusters);
    }
    redraw(economy.idiosyncratic(nextAggregateState));
  }

  /** Splits mass over the two nodes around a capital, so that its mean is kept. */
  private void split(int row, double destination, double firms) {
    int cell = capital.cell(destination);
    double weight = capital.weight(cell, destination);
    moved[row + cell] += firms * (1 - weight);
    moved[row + cell + 1] += firms * weight;
  }

  /** Idiosyncratic shocks move: mu'(z',k) = sum over z of Pi(z,z') mu(z,k). */
  private void redraw(MarkovChain chain) {
    int nodes = capital.size();
    Arrays.fill(mass, 0);
    for (int z = 0; z < shocks; z++) {
      for (int next = 0; next < shocks; next++) {
        double probability = chain.probability(z, next);
        for (int i = 0; i < nodes; i++) {
          mass[next * nodes + i] += probability * moved[z * nodes + i];
        }
      }
    }
  }
}
