package org.nnks.core.neural;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.Exogenous;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.nets.Network;

/** The exogenous states h = (a, e) on a device, a slowest: their transition and their variables. */
final class ExogenousStates {

  private final int own;
  private final int size;
  private final NDArray identity;
  private final NDArray discounted;
  private final RealMatrix transition;
  private final List<NDArray> reached = new ArrayList<>();
  private final NDArray scaled;
  private final Map<String, NDArray> columns = new LinkedHashMap<>();
  private final Map<String, NDArray> rows = new LinkedHashMap<>();

  /**
   * The states of an economy.
   *
   * @param manager keeps the arrays
   */
  ExogenousStates(DeclaredEconomy economy, NDManager manager, DataType precision) {
    own = economy.own().size();
    int aggregate = economy.aggregate().size();
    size = aggregate * own;
    double discount = economy.discountFactor() * (1 - economy.turnover().exitRate());
    double[][] kept = new double[size][size];
    for (int h = 0; h < size; h++) {
      for (int next = 0; next < size; next++) {
        kept[h][next] =
            discount
                * economy.aggregate().probability(h / own, next / own)
                * economy.own(h / own, next / own).probability(h % own, next % own);
      }
    }
    for (int a = 0; a < aggregate; a++) {
      double[][] from = Arrays.copyOfRange(kept, a * own, (a + 1) * own);
      reached.add(
          manager.create(
              IntStream.range(0, size)
                  .filter(next -> Arrays.stream(from).anyMatch(row -> row[next] > 0))
                  .mapToLong(next -> next)
                  .toArray()));
    }
    transition = MatrixUtils.createRealMatrix(kept);
    identity = array(manager, MatrixUtils.createRealIdentityMatrix(size), precision);
    discounted = array(manager, transition, precision);
    List<Exogenous> variables = economy.exogenous();
    double[] inputs = new double[size * Math.max(1, variables.size())];
    for (int v = 0; v < variables.size(); v++) {
      Exogenous variable = variables.get(v);
      double[] levels = new double[size];
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (int h = 0; h < size; h++) {
        levels[h] = variable.levels().get(variable.own() ? h % own : h / own);
        low = Math.min(low, levels[h]);
        high = Math.max(high, levels[h]);
      }
      for (int h = 0; h < size; h++) {
        inputs[h * variables.size() + v] =
            high > low ? (2 * levels[h] - low - high) / (high - low) : 0;
      }
      columns.put(variable.name(), Network.create(manager, levels, new Shape(size, 1), precision));
      rows.put(variable.name(), Network.create(manager, levels, new Shape(1, size), precision));
    }
    scaled =
        Network.create(manager, inputs, new Shape(size, Math.max(1, variables.size())), precision);
  }

  /**
   * Makes sure that networks whose inputs are the variables can tell all states apart.
   *
   * @throws InvalidInputException if two states of a chain differ in no variable
   */
  static void requireApart(DeclaredEconomy economy) {
    requireApart(economy, false, economy.aggregate().size());
    requireApart(economy, true, economy.own().size());
  }

  private static void requireApart(DeclaredEconomy economy, boolean own, int states) {
    List<Exogenous> variables =
        economy.exogenous().stream().filter(variable -> variable.own() == own).toList();
    for (int one = 0; one < states; one++) {
      for (int other = one + 1; other < states; other++) {
        int first = one;
        int second = other;
        if (variables.stream().allMatch(v -> v.levels().get(first) == v.levels().get(second))) {
          throw new InvalidInputException(
              "%s: networks whose inputs are the exogenous variables cannot tell %s states %d and %d apart, which differ in none: declare a variable that differs, or train without --preset paper"
                  .formatted(economy.name(), own ? "own" : "aggregate", one + 1, other + 1));
        }
      }
    }
  }

  private static NDArray array(NDManager manager, RealMatrix matrix, DataType precision) {
    int rows = matrix.getRowDimension();
    double[] all = new double[rows * matrix.getColumnDimension()];
    for (int i = 0; i < rows; i++) {
      System.arraycopy(matrix.getRow(i), 0, all, i * matrix.getColumnDimension(), rows);
    }
    return Network.create(manager, all, new Shape(rows, matrix.getColumnDimension()), precision);
  }

  /** The number of states h. */
  int size() {
    return size;
  }

  /** The number of own states e. */
  int own() {
    return own;
  }

  /** Rows of the unit matrix: shape (n, states). */
  NDArray select(NDArray states, NDManager scope) {
    NDArray select = identity.get(states);
    select.attach(scope);
    return select;
  }

  /** beta, times the chance to stay, times the transition: shape (states, states). */
  NDArray discounted() {
    return discounted;
  }

  /** The same on the host. */
  RealMatrix transition() {
    return transition;
  }

  /** The states that some agent of an aggregate state may be in next, in order. */
  NDArray reached(int aggregateState) {
    return reached.get(aggregateState);
  }

  /** Variables on [-1, 1]: shape (states, variables). */
  NDArray scaled() {
    return scaled;
  }

  /** Levels of every variable in the selected states: shape (n, 1). */
  Map<String, NDArray> levels(NDArray select) {
    Map<String, NDArray> levels = new LinkedHashMap<>();
    columns.forEach((name, column) -> levels.put(name, select.matMul(column)));
    return levels;
  }

  /** Levels of every variable in all states: shape (1, states). */
  Map<String, NDArray> levels() {
    return rows;
  }
}
