package org.nnks.core.parameters;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.io.Spelling;
import org.nnks.core.io.StrictJson;
import org.nnks.core.numeric.Vector;

/**
 * The parameters theta of a calibration that a solution takes as inputs, each with an interval: a
 * box of calibrations. A theta is a vector in the order of the intervals.
 *
 * @param intervals at least one, with different names
 */
public record ParameterBox(List<ParameterInterval> intervals) {

  /**
   * Checks the names.
   *
   * @throws InvalidInputException if there is no interval, or a name comes twice
   */
  public ParameterBox {
    intervals = List.copyOf(intervals);
    if (intervals.isEmpty()) {
      throw new InvalidInputException("a box of parameters needs at least one interval");
    }
    Set<String> names = new HashSet<>();
    for (ParameterInterval interval : intervals) {
      if (!names.add(interval.name())) {
        throw new InvalidInputException(
            "the parameter %s has two intervals: leave one out".formatted(interval.name()));
      }
    }
  }

  /** The number of parameters. */
  public int size() {
    return intervals.size();
  }

  /** The names, in order. */
  public List<String> names() {
    return intervals.stream().map(ParameterInterval::name).toList();
  }

  /** A draw from the uniform law on the box. */
  public Vector draw(RandomGenerator random) {
    double[] theta = new double[size()];
    for (int i = 0; i < theta.length; i++) {
      ParameterInterval interval = intervals.get(i);
      theta[i] = random.nextDouble(interval.lower(), interval.upper());
    }
    return Vector.ofUnsafe(theta);
  }

  /**
   * Makes sure that theta lies in the box.
   *
   * @throws InvalidInputException if a parameter is outside its interval
   */
  public void require(Vector theta) {
    if (theta.size() != size()) {
      throw new IllegalArgumentException(
          "theta: expected %d parameters %s but got %d".formatted(size(), names(), theta.size()));
    }
    for (int i = 0; i < size(); i++) {
      ParameterInterval interval = intervals.get(i);
      if (!interval.contains(theta.get(i))) {
        throw new InvalidInputException(
            "%s = %s is outside the interval [%s, %s] that was solved: choose a value inside, or solve over a larger one"
                .formatted(interval.name(), theta.get(i), interval.lower(), interval.upper()));
      }
    }
  }

  /**
   * The theta of named values.
   *
   * @throws InvalidInputException if a name is unknown or missing, or theta is outside the box
   */
  public Vector theta(Map<String, Double> values) {
    for (String name : values.keySet()) {
      Spelling.find(
          "'%s' is not a parameter of this box".formatted(name), "parameter", name, names());
    }
    double[] theta = new double[size()];
    for (int i = 0; i < theta.length; i++) {
      Double value = values.get(intervals.get(i).name());
      if (value == null) {
        throw new InvalidInputException(
            "the parameter %s has no value: give one for each of %s"
                .formatted(intervals.get(i).name(), names()));
      }
      theta[i] = value;
    }
    Vector result = Vector.ofUnsafe(theta);
    require(result);
    return result;
  }

  /** Theta by name, in order. */
  public Map<String, Double> named(Vector theta) {
    Map<String, Double> named = new LinkedHashMap<>();
    for (int i = 0; i < size(); i++) {
      named.put(intervals.get(i).name(), theta.get(i));
    }
    return named;
  }

  /** Theta for messages and tables, such as "maxFixedCost = 0.01, idiosyncraticSd = 0.02". */
  public String text(Vector theta) {
    return named(theta).entrySet().stream()
        .map(entry -> "%s = %.6g".formatted(entry.getKey(), entry.getValue()))
        .collect(Collectors.joining(", "));
  }

  /**
   * A calibration with theta put in the place of its own values, all before it is checked.
   *
   * @throws InvalidInputException if the calibration has no such parameter, or it is no real
   *     number, or the calibration rejects theta
   */
  public <C extends Record> C calibrate(C calibration, Vector theta) {
    return StrictJson.with(calibration, values(theta));
  }

  /** Theta as text by name, in order, so that it reads back to the same bits. */
  public Map<String, String> values(Vector theta) {
    Map<String, String> values = new LinkedHashMap<>();
    named(theta).forEach((name, value) -> values.put(name, Double.toString(value)));
    return values;
  }
}
