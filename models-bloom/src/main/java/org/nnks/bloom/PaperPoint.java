package org.nnks.bloom;

/** The right-hand side of equations (47) to (50) at any place, for given k' and n. */
final class PaperPoint {

  private final Bloom economy;
  private final ChoiceGrid grid;

  PaperPoint(Bloom economy, ChoiceGrid grid) {
    this.economy = economy;
    this.grid = grid;
  }

  /**
   * R^ab of one firm; places are positions in nodes.
   *
   * @param continuation beta E V by (z, k', n) on the nodes
   * @param level a
   * @param capital of k
   * @param hours of n_-1
   * @param toCapital of k', which counts if the branch adjusts capital
   * @param toHours of n, which counts if the branch adjusts hours
   */
  double value(
      double[] continuation,
      double level,
      int shock,
      double capital,
      double hours,
      double price,
      int branch,
      double toCapital,
      double toHours) {
    boolean moves = (branch & 1) != 0;
    boolean changes = (branch & 2) != 0;
    double keptCapital = capital - economy.calibration().capitalSteps();
    double keptHours = hours - economy.calibration().hoursSteps();
    double nextCapital = moves ? toCapital : keptCapital;
    double chosen = changes ? toHours : keptHours;
    double n = grid.hours(chosen);
    double wage = economy.wage(price);
    double z = economy.idiosyncratic(AggregateStates.LOW).level(shock);
    double y = economy.output(level, z, grid.capital(capital), n);
    double investment = moves ? grid.capital(toCapital) - grid.capital(keptCapital) : 0;
    double hiring = changes ? n - grid.hours(keptHours) : 0;
    double payoff =
        y
            - wage * n
            - investment
            - economy.capitalCost(investment, y)
            - economy.hoursCost(hiring, y, wage);
    return price * payoff + interpolate(continuation, shock, nextCapital, chosen);
  }

  /** Cubic convolution in both directions; Keys (1981). */
  private double interpolate(double[] continuation, int shock, double capital, double hours) {
    int k = cell(capital, grid.capitalNodes());
    int n = cell(hours, grid.hoursNodes());
    double sum = 0;
    for (int i = -1; i <= 2; i++) {
      double weight = weight(i, capital - k);
      if (weight == 0) {
        continue;
      }
      int row = shock * grid.size() + inside(k + i, grid.capitalNodes()) * grid.hoursNodes();
      for (int j = -1; j <= 2; j++) {
        sum += weight * weight(j, hours - n) * continuation[row + inside(n + j, grid.hoursNodes())];
      }
    }
    return sum;
  }

  private static int cell(double position, int nodes) {
    return (int) Math.max(0, Math.min(nodes - 2, Math.floor(position)));
  }

  private static int inside(int node, int nodes) {
    return Math.max(0, Math.min(nodes - 1, node));
  }

  /** The weight of the node at a distance of {@code i} from the cell's lower one. */
  private static double weight(int i, double place) {
    double x = Math.max(0, Math.min(1, place));
    return switch (i) {
      case -1 -> ((2 - x) * x - 1) * x / 2;
      case 0 -> ((3 * x - 5) * x * x + 2) / 2;
      case 1 -> ((4 - 3 * x) * x + 1) * x / 2;
      default -> (x - 1) * x * x / 2;
    };
  }
}
