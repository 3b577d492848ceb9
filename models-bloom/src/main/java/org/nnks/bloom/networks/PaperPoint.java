package org.nnks.bloom.networks;

import org.nnks.bloom.AggregateStates;
import org.nnks.bloom.Bloom;
import org.nnks.bloom.BloomCalibration;
import org.nnks.bloom.ChoiceGrid;

/**
 * The right-hand side of equations (47) to (50) at one place (k, n_-1) in one aggregate state and
 * K, for given k' and n, and its slopes in these. Places are positions in nodes. Mutable, not
 * thread-safe.
 */
public final class PaperPoint {

  private final Bloom economy;
  private final ChoiceGrid grid;
  private final BloomCalibration calibration;
  private final double capitalStep;
  private final double hoursStep;
  private final double[] shocks;
  private final double[] kWeights = new double[4];
  private final double[] kChanges = new double[4];
  private final double[] nWeights = new double[4];
  private final double[] nChanges = new double[4];
  private double[] continuation;
  private double price;
  private double wage;
  private double keptCapital;
  private double keptHours;
  private double k0;
  private double n0;

  /** Output without z and hours, and without z at n_0. */
  private double perShockAndHours;

  private double perShock;
  private double capitalSlope;
  private double hoursSlope;
  private double ownCapitalSlope;
  private double ownHoursSlope;

  PaperPoint(Bloom economy, ChoiceGrid grid) {
    this.economy = economy;
    this.grid = grid;
    calibration = economy.calibration();
    capitalStep = grid.capitalStep();
    hoursStep = grid.hoursStep();
    shocks = economy.idiosyncratic(AggregateStates.LOW).levels().toArray();
  }

  /**
   * Goes to a place.
   *
   * @param level a
   * @param capital position of k
   * @param hours position of n_-1
   * @param hoursPrice W
   * @param continuation beta E V by (z, k', n) on the nodes
   */
  public void at(
      double level,
      double capital,
      double hours,
      double price,
      double hoursPrice,
      double[] continuation) {
    this.continuation = continuation;
    this.price = price;
    wage = hoursPrice / price;
    keptCapital = capital - calibration.capitalSteps();
    keptHours = hours - calibration.hoursSteps();
    k0 = grid.capital(keptCapital);
    n0 = grid.hours(keptHours);
    perShockAndHours = level * Math.pow(grid.capital(capital), calibration.capitalShare());
    perShock = perShockAndHours * Math.pow(n0, calibration.labourShare());
  }

  /**
   * R^ab of a firm with this z.
   *
   * @param toCapital of k', which counts if the branch adjusts capital
   * @param toHours of n, which counts if the branch adjusts hours
   */
  public double value(int shock, int branch, double toCapital, double toHours) {
    boolean moves = (branch & 1) != 0;
    boolean changes = (branch & 2) != 0;
    double capital = moves ? grid.capital(toCapital) : k0;
    double n = changes ? grid.hours(toHours) : n0;
    double y =
        shocks[shock]
            * (changes ? perShockAndHours * Math.pow(n, calibration.labourShare()) : perShock);
    double investment = moves ? capital - k0 : 0;
    double hiring = changes ? n - n0 : 0;
    double payoff =
        y
            - wage * n
            - investment
            - economy.capitalCost(investment, y)
            - economy.hoursCost(hiring, y, wage);
    double ahead = ahead(shock, moves ? toCapital : keptCapital, changes ? toHours : keptHours);
    double sold = investment < 0 ? calibration.resaleLoss() : 0;
    ownCapitalSlope = moves ? price * k0 * capitalStep * (1 - sold) : capitalSlope;
    capitalSlope += price * capital * capitalStep * (sold - 1);
    double kept =
        1
            - (investment != 0 ? calibration.capitalFixedCost() : 0)
            - (hiring != 0 ? calibration.hoursFixedCost() : 0);
    double perHour = wage * (1 + Math.signum(hiring) * calibration.hoursLinearCost());
    hoursSlope += price * hoursStep * (calibration.labourShare() * y * kept - n * perHour);
    ownCapitalSlope += price * capitalStep * calibration.capitalShare() * y * kept;
    ownHoursSlope =
        changes
            ? price * hoursStep * n0 * calibration.hoursLinearCost() * wage * Math.signum(hiring)
            : hoursSlope;
    return price * payoff + ahead;
  }

  /** The slope of the last value in the position of k', which that value's branch must set. */
  double capitalSlope() {
    return capitalSlope;
  }

  /** The slope of the last value in the position of n, which that value's branch must set. */
  double hoursSlope() {
    return hoursSlope;
  }

  /** The slope of the last value in the position of k, at what it chooses. */
  double ownCapitalSlope() {
    return ownCapitalSlope;
  }

  /** The slope of the last value in the position of n_-1, at what it chooses. */
  double ownHoursSlope() {
    return ownHoursSlope;
  }

  /** The continuation, by cubic convolution in both directions, and its slopes; Keys (1981). */
  private double ahead(int shock, double capital, double hours) {
    int k = weights(capital, grid.capitalNodes(), kWeights, kChanges);
    int n = weights(hours, grid.hoursNodes(), nWeights, nChanges);
    double sum = 0;
    capitalSlope = 0;
    hoursSlope = 0;
    for (int i = 0; i < 4; i++) {
      int row = shock * grid.size() + inside(k + i - 1, grid.capitalNodes()) * grid.hoursNodes();
      double value = 0;
      double change = 0;
      for (int j = 0; j < 4; j++) {
        double node = continuation[row + inside(n + j - 1, grid.hoursNodes())];
        value += nWeights[j] * node;
        change += nChanges[j] * node;
      }
      sum += kWeights[i] * value;
      capitalSlope += kChanges[i] * value;
      hoursSlope += kWeights[i] * change;
    }
    return sum;
  }

  private static int inside(int node, int nodes) {
    return Math.max(0, Math.min(nodes - 1, node));
  }

  /** Weights of the nodes from one below a position's cell to two above, and their derivatives. */
  private static int weights(double position, int nodes, double[] weights, double[] changes) {
    int cell = (int) Math.max(0, Math.min(nodes - 2, Math.floor(position)));
    double x = Math.max(0, Math.min(1, position - cell));
    weights[0] = ((2 - x) * x - 1) * x / 2;
    weights[1] = ((3 * x - 5) * x * x + 2) / 2;
    weights[2] = ((4 - 3 * x) * x + 1) * x / 2;
    weights[3] = (x - 1) * x * x / 2;
    changes[0] = ((4 - 3 * x) * x - 1) / 2;
    changes[1] = (9 * x - 10) * x / 2;
    changes[2] = ((8 - 9 * x) * x + 1) / 2;
    changes[3] = (3 * x - 2) * x / 2;
    if (cell == 0) {
      extrapolate(weights, 0, 1);
      extrapolate(changes, 0, 1);
    }
    if (cell == nodes - 2) {
      extrapolate(weights, 3, -1);
      extrapolate(changes, 3, -1);
    }
    return cell;
  }

  /**
   * Takes the node beyond an end from the parabola through the three nodes before it; Keys (1981).
   * Were it the end's own value, firms would find a hump between the last two nodes.
   */
  private static void extrapolate(double[] weights, int beyond, int inwards) {
    double weight = weights[beyond];
    weights[beyond + inwards] += 3 * weight;
    weights[beyond + 2 * inwards] -= 3 * weight;
    weights[beyond + 3 * inwards] += weight;
    weights[beyond] = 0;
  }
}
