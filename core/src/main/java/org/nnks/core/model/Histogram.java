package org.nnks.core.model;

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
  private final MarkovChain shocks;
  private final double[] mass;
  private final double[] moved;
  private final int[] stayCell;
  private final double[] stayWeight;
  private double edgeMass;

  private Histogram(Economy economy) {
    capital = economy.capital();
    shocks = economy.idiosyncratic();
    int nodes = capital.size();
    mass = new double[shocks.size() * nodes];
    moved = new double[mass.length];
    stayCell = new int[nodes];
    stayWeight = new double[nodes];
    for (int i = 0; i < nodes; i++) {
      double left = capital.clamp(economy.undepreciated(capital.get(i)));
      stayCell[i] = capital.cell(left);
      stayWeight[i] = capital.weight(stayCell[i], left);
    }
  }

  /** Equal mass in every cell: where Terry (2017) starts. */
  public static Histogram uniform(Economy economy) {
    Histogram firms = new Histogram(economy);
    Arrays.fill(firms.mass, 1.0 / firms.mass.length);
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

  /**
   * The share of adjusting firms whose target was at or beyond an end of the grid in the last move.
   */
  public double edgeMass() {
    return edgeMass;
  }

  /** The masses as a matrix of shape (idiosyncratic states, capital nodes). */
  public Matrix toMatrix() {
    return Matrix.of(shocks.size(), capital.size(), mass);
  }

  /**
   * Moves firms one period on: adjusters to their target, the others to what depreciation leaves.
   */
  public void advance(Decisions decisions) {
    int nodes = capital.size();
    int states = shocks.size();
    Arrays.fill(moved, 0);
    edgeMass = 0;
    for (int z = 0; z < states; z++) {
      double target = decisions.target(z);
      int row = z * nodes;
      int targetCell = capital.cell(target);
      double targetWeight = capital.weight(targetCell, target);
      double adjusters = 0;
      for (int i = 0; i < nodes; i++) {
        double firms = mass[row + i];
        if (firms == 0) {
          continue;
        }
        double adjusting = firms * decisions.adjusting(row + i);
        double staying = firms - adjusting;
        adjusters += adjusting;
        moved[row + stayCell[i]] += staying * (1 - stayWeight[i]);
        moved[row + stayCell[i] + 1] += staying * stayWeight[i];
      }
      moved[row + targetCell] += adjusters * (1 - targetWeight);
      moved[row + targetCell + 1] += adjusters * targetWeight;
      if (target <= capital.lower() || target >= capital.upper()) {
        edgeMass += adjusters;
      }
    }
    redraw(nodes, states);
  }

  /** Idiosyncratic shocks move: mu'(z',k) = sum over z of Pi(z,z') mu(z,k). */
  private void redraw(int nodes, int states) {
    Arrays.fill(mass, 0);
    for (int z = 0; z < states; z++) {
      for (int next = 0; next < states; next++) {
        double probability = shocks.probability(z, next);
        for (int i = 0; i < nodes; i++) {
          mass[next * nodes + i] += probability * moved[z * nodes + i];
        }
      }
    }
  }
}
