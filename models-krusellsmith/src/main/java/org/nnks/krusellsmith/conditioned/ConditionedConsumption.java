package org.nnks.krusellsmith.conditioned;

import java.util.ArrayList;
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
   * @throws IllegalArgumentException if the economy is outside the box
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

  /** This policy as named arrays, for a file. */
  public Map<String, double[]> arrays() {
    return Map.of(
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
   * @throws InvalidInputException if they are not those of {@link #arrays}
   */
  public static ConditionedConsumption of(Map<String, double[]> arrays) {
    double[] ends = array(arrays, BOX, 4);
    double[] sizes = array(arrays, DESIGN, 5);
    ShockBox box = new ShockBox(new InputBox(ends[0], ends[1]), new InputBox(ends[2], ends[3]));
    SmolyakDesign design = new SmolyakDesign(ShockBox.DIMENSIONS, (int) sizes[0]);
    TableShape shape =
        new TableShape((int) sizes[1], (int) sizes[2], (int) sizes[3], (int) sizes[4]);
    double[] values = array(arrays, LOG_CONSUMPTION, design.size() * shape.size());
    return new ConditionedConsumption(box, design, shape, values.clone());
  }

  private static double[] array(Map<String, double[]> arrays, String name, int size) {
    double[] array = arrays.get(name);
    if (array == null || array.length != size) {
      throw new InvalidInputException(
          "this is no policy of Krusell-Smith economies: array '%s' should have %d values but %s"
              .formatted(name, size, array == null ? "is missing" : "has " + array.length));
    }
    return array;
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
