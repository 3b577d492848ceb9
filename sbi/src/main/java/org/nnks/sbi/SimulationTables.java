package org.nnks.sbi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nnks.core.io.InvalidInputException;

/**
 * Simulations from elsewhere as flat tables, before they are believed.
 *
 * @param names of the parameters
 * @param shape of each data set
 * @param theta shape (size, names)
 * @param values shape (size, items, features)
 * @param observed the mask, of the same shape
 * @param failed parameters that could not be simulated, shape (failures, names)
 */
record SimulationTables(
    List<String> names,
    DataShape shape,
    double[] theta,
    double[] values,
    double[] observed,
    double[] failed) {

  /** Faults that a message names; it counts the others. */
  private static final int NAMED = 3;

  int size() {
    return theta.length / names.size();
  }

  /**
   * Makes sure that the tables fit together and that every row can be learned from: parameters are
   * finite, the mask holds 0 and 1, and values are finite where it is 1.
   *
   * @param place where they come from, to begin a message with
   * @throws InvalidInputException naming the first simulations at fault
   */
  void requireSound(String place) {
    if (theta.length % names.size() != 0
        || failed.length % names.size() != 0
        || values.length != size() * shape.size()
        || observed.length != values.length) {
      throw new InvalidInputException(
          ("%s: theta, data, mask and failed theta have %d, %d, %d and %d numbers, which are not"
                  + " whole tables of %d parameters and data of shape (%d, %d)")
              .formatted(
                  place,
                  theta.length,
                  values.length,
                  observed.length,
                  failed.length,
                  names.size(),
                  shape.items(),
                  shape.features()));
    }
    List<String> named = new ArrayList<>();
    int count = 0;
    for (int i = 0; i < size(); i++) {
      String fault = fault(i);
      if (!fault.isEmpty() && count++ < NAMED) {
        named.add("simulation %d: %s".formatted(i, fault));
      }
    }
    if (count > 0) {
      throw new InvalidInputException(
          ("%s: %d of %d simulations, counted from 0, cannot be used: %s%s; leave them out, or mark"
                  + " values that are missing by a 0 in the mask")
              .formatted(
                  place,
                  count,
                  size(),
                  String.join("; ", named),
                  count > NAMED ? "; and others" : ""));
    }
    if (!Arrays.stream(failed).allMatch(Double::isFinite)) {
      throw new InvalidInputException(
          place + ": parameters of draws that failed are not finite; leave these draws out");
    }
  }

  /** What is wrong with a simulation, as a clause; or nothing. */
  private String fault(int i) {
    for (int j = 0; j < names.size(); j++) {
      double value = theta[i * names.size() + j];
      if (!Double.isFinite(value)) {
        return "parameter '%s' is %s".formatted(names.get(j), value);
      }
    }
    for (int c = 0; c < shape.size(); c++) {
      double mask = observed[i * shape.size() + c];
      double value = values[i * shape.size() + c];
      String cell = "row %d, column %d".formatted(c / shape.features(), c % shape.features());
      if (mask != 0 && mask != 1) {
        return "its mask in %s is %s, not 0 or 1".formatted(cell, mask);
      }
      if (mask == 1 && !Double.isFinite(value)) {
        return "its data in %s are %s".formatted(cell, value);
      }
    }
    return "";
  }

  /** The same tables with zeros where values are missing, whatever stood there. */
  SimulationTables zeroed() {
    double[] zeroed = values.clone();
    for (int i = 0; i < zeroed.length; i++) {
      zeroed[i] = observed[i] == 0 ? 0 : zeroed[i];
    }
    return new SimulationTables(names, shape, theta, zeroed, observed, failed);
  }
}
