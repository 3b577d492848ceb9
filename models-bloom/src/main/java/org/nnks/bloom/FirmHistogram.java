package org.nnks.bloom;

import java.util.Arrays;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.numeric.Grid;
import org.nnks.core.numeric.Matrix;

/**
 * The distribution of firms over the cells (z, k, n_-1), ordered in this way. Mass is in double
 * precision and sums to one.
 *
 * <p>A quarter moves firms in two steps. {@link #move} takes shares of the firms of every cell to
 * the k' and n they choose, and {@link #redraw} draws z' by the volatility of the quarter. Choices
 * off the grid are split over the four nodes around them so that the mass and the means of k' and n
 * are kept: Young's (2010) lottery in two dimensions. Mutable, not thread-safe.
 */
public final class FirmHistogram {

  private final Bloom economy;
  private final Grid capital;
  private final Grid hours;
  private final int block;
  private final double[] mass;
  private final double[] moved;

  private FirmHistogram(Bloom economy) {
    this.economy = economy;
    capital = economy.capital();
    hours = economy.hours();
    block = capital.size() * hours.size();
    mass = new double[economy.cells()];
    moved = new double[mass.length];
  }

  /** Where histories start: for every z, even over the nodes around the calibration's. */
  public static FirmHistogram start(Bloom economy) {
    FirmHistogram firms = new FirmHistogram(economy);
    BloomCalibration calibration = economy.calibration();
    int reach = calibration.startHalfWidth();
    int side = 2 * reach + 1;
    double each = 1.0 / (calibration.idiosyncraticStates() * side * side);
    for (int first = 0; first < firms.mass.length; first += firms.block) {
      for (int i = -reach; i <= reach; i++) {
        int k = calibration.startCapitalNode() - 1 + i * calibration.capitalSteps();
        for (int j = -reach; j <= reach; j++) {
          int n = calibration.startHoursNode() - 1 + j * calibration.hoursSteps();
          firms.mass[first + k * firms.hours.size() + n] = each;
        }
      }
    }
    return firms;
  }

  /** Replaces the masses of all cells. */
  public void set(double[] masses) {
    System.arraycopy(masses, 0, mass, 0, mass.length);
  }

  /** Replaces the masses of all cells by shares of those of others. */
  public void set(FirmHistogram others, double[] shares) {
    for (int cell = 0; cell < mass.length; cell++) {
      mass[cell] = others.mass[cell] * shares[cell];
    }
  }

  /** The mass of a cell. */
  public double mass(int cell) {
    return mass[cell];
  }

  /** The mass of all firms: one, up to rounding. */
  public double total() {
    return Arrays.stream(mass).sum();
  }

  /** The mean of k over firms. */
  public double meanCapital() {
    double mean = 0;
    for (int row = 0; row < mass.length / hours.size(); row++) {
      double firms = 0;
      for (int j = 0; j < hours.size(); j++) {
        firms += mass[row * hours.size() + j];
      }
      mean += firms * capital.get(row % capital.size());
    }
    return mean;
  }

  /** The mean of n_-1 over firms. */
  public double meanHours() {
    double mean = 0;
    for (int cell = 0; cell < mass.length; cell++) {
      mean += mass[cell] * hours.get(cell % hours.size());
    }
    return mean;
  }

  /** The share of firms at the highest node of k. */
  public double topMass() {
    double top = 0;
    for (int last = block; last <= mass.length; last += block) {
      for (int cell = last - hours.size(); cell < last; cell++) {
        top += mass[cell];
      }
    }
    return top;
  }

  /** The masses as a matrix of shape (idiosyncratic states, cells (k, n_-1)). */
  public Matrix toMatrix() {
    return Matrix.of(mass.length / block, block, mass);
  }

  /** Moves shares of the firms of every cell to the nodes they choose. */
  public void move(GridChoices choices, double[] shares) {
    int n = hours.size();
    for (int cell = 0; cell < mass.length; cell++) {
      if (shares[cell] != 0) {
        int first = cell - cell % block;
        moved[first + choices.capital(cell) * n + choices.hours(cell)] += shares[cell] * mass[cell];
      }
    }
  }

  /** Moves a share of the firms of every cell to the nodes they choose. */
  public void move(GridChoices choices, double share) {
    int n = hours.size();
    for (int cell = 0; cell < mass.length; cell++) {
      int first = cell - cell % block;
      moved[first + choices.capital(cell) * n + choices.hours(cell)] += share * mass[cell];
    }
  }

  /** Moves a share of the firms of every cell to where they choose, by lotteries. */
  public void move(FirmDecisions decisions, double share) {
    int n = hours.size();
    // Neighbouring cells often go to the same place, which then need not be looked up again.
    double toCapital = Double.NaN;
    double toHours = Double.NaN;
    int k = 0;
    int j = 0;
    double up = 0;
    double right = 0;
    for (int cell = 0; cell < mass.length; cell++) {
      double firms = share * mass[cell];
      if (firms == 0) {
        continue;
      }
      if (decisions.nextCapital(cell) != toCapital) {
        toCapital = decisions.nextCapital(cell);
        k = capital.cell(toCapital);
        up = capital.weight(k, toCapital);
      }
      if (decisions.chosenHours(cell) != toHours) {
        toHours = decisions.chosenHours(cell);
        j = hours.cell(toHours);
        right = hours.weight(j, toHours);
      }
      int corner = cell - cell % block + k * n + j;
      moved[corner] += firms * (1 - up) * (1 - right);
      moved[corner + 1] += firms * (1 - up) * right;
      moved[corner + n] += firms * up * (1 - right);
      moved[corner + n + 1] += firms * up * right;
    }
  }

  /**
   * Draws z' of the firms that have moved: mu'(z', k, n) = sum over z of Pz(z, z'|s) of them.
   *
   * @param volatility s of the quarter that ends
   */
  public void redraw(int volatility) {
    MarkovChain chain = economy.idiosyncratic(volatility);
    int shocks = chain.size();
    Arrays.fill(mass, 0);
    for (int next = 0; next < shocks; next++) {
      for (int z = 0; z < shocks; z++) {
        double probability = chain.probability(z, next);
        for (int i = 0; i < block; i++) {
          mass[next * block + i] += probability * moved[z * block + i];
        }
      }
    }
    Arrays.fill(moved, 0);
  }
}
