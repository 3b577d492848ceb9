package org.nnks.krusellsmith.conditioned;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.nets.InputBox;
import org.nnks.core.run.Seeds;

/**
 * One policy for all economies of a box: log consumption at each node of a {@link ConsumptionTable}
 * is a polynomial in theta, through exact solutions at the points of a {@link SmolyakDesign}. At
 * other theta nothing is solved.
 */
public final class ConditionedConsumption {

  /** Format of {@link #arrays}: what is in them and what it means. */
  private static final double FORMAT = 1;

  private static final String NO_POLICY =
      "this is no policy of Krusell-Smith economies that can be read: ";

  private static final String FORMAT_NAME = "format";
  private static final String PRIMITIVES = "discount_factor_capital_share_depreciation";
  private static final String PLACEMENT = "placement_of_nodes";
  private static final String BOX = "box";
  private static final String DESIGN = "design";
  private static final String LOG_CONSUMPTION = "log_consumption";

  private final ShockBox box;
  private final SmolyakDesign design;
  private final TableShape shape;

  /** (points, nodes of the table), row by row. */
  private final double[] logConsumption;

  private ConditionedConsumption(
      ShockBox box, SmolyakDesign design, TableShape shape, double[] logConsumption) {
    this.box = box;
    this.design = design;
    this.shape = shape;
    this.logConsumption = logConsumption;
  }

  /** Hears of each point that was solved. */
  @FunctionalInterface
  public interface Listener {
    /**
     * A point was solved.
     *
     * @param number of points solved so far
     * @param count of all points
     */
    void solved(DetrendedEconomy economy, SolvedEconomy solution, int number, int count);
  }

  /**
   * Solves the economies of a design, each from the nearest one solved before or, should that fail,
   * from a cold start.
   *
   * @param level of the design
   * @throws IllegalStateException if an economy does not converge; the message names it
   */
  public static ConditionedConsumption solve(
      ShockBox box, int level, DetrendedSolver solver, Seeds seeds, Listener listener) {
    SmolyakDesign design = new SmolyakDesign(ShockBox.DIMENSIONS, level);
    List<SolvedEconomy> solutions = new ArrayList<>();
    double[] all = new double[design.size() * solver.shape().size()];
    for (int i = 0; i < design.size(); i++) {
      DetrendedEconomy economy = box.economy(design.point(i));
      SolvedEconomy solution =
          i == 0
              ? solver.solve(economy, seeds)
              : solver.solve(economy, solutions.get(nearest(design, i)), seeds);
      if (!solution.converged()) {
        solution = requireConverged(economy, solver.solve(economy, seeds));
      }
      solutions.add(solution);
      double[] consumption = solution.consumption().valuesUnsafe();
      for (int n = 0; n < consumption.length; n++) {
        all[i * consumption.length + n] = Math.log(consumption[n]);
      }
      listener.solved(economy, solution, i + 1, design.size());
    }
    return new ConditionedConsumption(box, design, solver.shape(), all);
  }

  private static SolvedEconomy requireConverged(DetrendedEconomy economy, SolvedEconomy solution) {
    if (!solution.converged()) {
      throw new IllegalStateException(
          "the economy with %s and %s did not converge: after %d iterations its law of motion still changes by %.2e"
              .formatted(
                  economy.productivity(),
                  economy.labour(),
                  solution.iterations(),
                  solution.lawChange()));
    }
    return solution;
  }

  /** The nearest of the points before one. */
  private static int nearest(SmolyakDesign design, int number) {
    int nearest = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < number; i++) {
      double distance = 0;
      for (int d = 0; d < design.dimensions(); d++) {
        double gap = design.point(i).get(d) - design.point(number).get(d);
        distance += gap * gap;
      }
      if (distance < least) {
        least = distance;
        nearest = i;
      }
    }
    return nearest;
  }

  /**
   * What households of an economy decide.
   *
   * @throws IllegalArgumentException if the economy is outside the box, or another in beta, alpha
   *     or delta
   */
  public ConsumptionTable at(DetrendedEconomy economy) {
    double[] weights = design.weights(box.point(economy));
    double[] values = new double[shape.size()];
    for (int i = 0; i < weights.length; i++) {
      for (int n = 0; n < values.length; n++) {
        values[n] += weights[i] * logConsumption[i * values.length + n];
      }
    }
    for (int n = 0; n < values.length; n++) {
      values[n] = Math.exp(values[n]);
    }
    return new ConsumptionTable(economy, shape, values);
  }

  private static double[] primitives(ShockBox box) {
    DetrendedEconomy economy = box.centre();
    return new double[] {economy.discountFactor(), economy.capitalShare(), economy.depreciation()};
  }

  /** This policy as named arrays, for a file. */
  public Map<String, double[]> arrays() {
    return Map.of(
        FORMAT_NAME,
        new double[] {FORMAT},
        PRIMITIVES,
        primitives(box),
        PLACEMENT,
        TableShape.placement(),
        BOX,
        new double[] {
          box.persistence().lower(), box.persistence().upper(), box.sd().lower(), box.sd().upper()
        },
        DESIGN,
        new double[] {
          design.level(), shape.savings(), shape.labour(), shape.capital(), shape.productivity()
        },
        LOG_CONSUMPTION,
        logConsumption.clone());
  }

  /**
   * The policy of named arrays.
   *
   * @throws InvalidInputException if they are not those of {@link #arrays}, or were written for
   *     other preferences, technology or nodes than this version has
   */
  public static ConditionedConsumption of(Map<String, double[]> arrays) {
    requireSame(arrays, FORMAT_NAME, new double[] {FORMAT});
    double[] ends = array(arrays, BOX, 4);
    double[] sizes = array(arrays, DESIGN, 5);
    double[] values = arrays.getOrDefault(LOG_CONSUMPTION, new double[0]);
    for (double size : sizes) {
      if (size != Math.rint(size) || !(size >= 0 && size <= values.length)) {
        throw invalid(
            "array '%s' should have whole numbers from 0 to %d, the size of '%s', but has %s"
                .formatted(DESIGN, values.length, LOG_CONSUMPTION, size));
      }
    }
    // A grid of this level has more points along one dimension; it is not built to find that out.
    if (Math.pow(2, sizes[0] - 1) > values.length) {
      throw invalid(
          "level %s needs more values than the %d of '%s'"
              .formatted(sizes[0], values.length, LOG_CONSUMPTION));
    }
    ShockBox box;
    SmolyakDesign design;
    TableShape shape;
    int size;
    try {
      box = new ShockBox(new InputBox(ends[0], ends[1]), new InputBox(ends[2], ends[3]));
      design = new SmolyakDesign(ShockBox.DIMENSIONS, (int) sizes[0]);
      shape = new TableShape((int) sizes[1], (int) sizes[2], (int) sizes[3], (int) sizes[4]);
      size = Math.multiplyExact(design.size(), shape.size());
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new InvalidInputException(NO_POLICY + e.getMessage(), e);
    }
    requireSame(arrays, PRIMITIVES, primitives(box));
    requireSame(arrays, PLACEMENT, TableShape.placement());
    values = array(arrays, LOG_CONSUMPTION, size);
    return new ConditionedConsumption(box, design, shape, values.clone());
  }

  private static void requireSame(Map<String, double[]> arrays, String name, double[] expected) {
    double[] found = array(arrays, name, expected.length);
    if (!Arrays.equals(found, expected)) {
      throw invalid(
          "array '%s' is %s but this version reads %s; solve the policy again"
              .formatted(name, Arrays.toString(found), Arrays.toString(expected)));
    }
  }

  private static double[] array(Map<String, double[]> arrays, String name, int size) {
    double[] array = arrays.get(name);
    if (array == null || array.length != size) {
      throw invalid(
          "array '%s' should have %d values but %s"
              .formatted(name, size, array == null ? "is missing" : "has " + array.length));
    }
    if (!Arrays.stream(array).allMatch(Double::isFinite)) {
      throw invalid("array '%s' has values that are not finite".formatted(name));
    }
    return array;
  }

  private static InvalidInputException invalid(String fault) {
    return new InvalidInputException(NO_POLICY + fault);
  }

  /** alpha, the same in all economies. */
  public double capitalShare() {
    return box.centre().capitalShare();
  }

  /** The box. */
  public ShockBox box() {
    return box;
  }

  /** Where it was solved. */
  public SmolyakDesign design() {
    return design;
  }
}
