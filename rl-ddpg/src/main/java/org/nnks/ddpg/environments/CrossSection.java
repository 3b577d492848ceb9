package org.nnks.ddpg.environments;

import java.util.Arrays;

/**
 * All agents of an economy in one period. Immutable.
 *
 * <p>The arrays hold one number for each agent: k, the state of its shock, and the action it took
 * (0 where none was taken yet).
 */
public final class CrossSection {

  private final double productivity;
  private final double[] capital;
  private final double[] labour;
  private final double[] action;

  private CrossSection(double productivity, double[] capital, double[] labour, double[] action) {
    if (capital.length != labour.length || capital.length != action.length) {
      throw new IllegalArgumentException(
          "a cross-section needs one k, l and action for each agent but got %d, %d and %d"
              .formatted(capital.length, labour.length, action.length));
    }
    this.productivity = productivity;
    this.capital = capital;
    this.labour = labour;
    this.action = action;
  }

  /** Agents before they act. */
  public static CrossSection of(double productivity, double[] capital, double[] labour) {
    return new CrossSection(
        productivity, capital.clone(), labour.clone(), new double[capital.length]);
  }

  /** Takes the arrays as they are: the caller must not change them. */
  public static CrossSection ofUnsafe(
      double productivity, double[] capital, double[] labour, double[] action) {
    return new CrossSection(productivity, capital, labour, action);
  }

  /** The number of agents. */
  public int agents() {
    return capital.length;
  }

  /** z, the state of the aggregate shock. */
  public double productivity() {
    return productivity;
  }

  /** k of an agent. */
  public double capital(int agent) {
    return capital[agent];
  }

  /** The state of an agent's own shock. */
  public double labour(int agent) {
    return labour[agent];
  }

  /** The action that an agent took. */
  public double action(int agent) {
    return action[agent];
  }

  /** K, the mean of k. */
  public double meanCapital() {
    return Arrays.stream(capital).average().orElseThrow();
  }

  /** The same agents with the actions they take. */
  public CrossSection withActions(double[] actions) {
    return new CrossSection(productivity, capital, labour, actions.clone());
  }

  /** z, then k, l and action of each agent. */
  public double[] numbers() {
    double[] numbers = new double[1 + 3 * capital.length];
    numbers[0] = productivity;
    for (int i = 0; i < capital.length; i++) {
      numbers[1 + 3 * i] = capital[i];
      numbers[2 + 3 * i] = labour[i];
      numbers[3 + 3 * i] = action[i];
    }
    return numbers;
  }

  /** From {@link #numbers}. */
  public static CrossSection ofNumbers(double[] numbers) {
    int agents = numbers.length / 3;
    double[] capital = new double[agents];
    double[] labour = new double[agents];
    double[] action = new double[agents];
    for (int i = 0; i < agents; i++) {
      capital[i] = numbers[1 + 3 * i];
      labour[i] = numbers[2 + 3 * i];
      action[i] = numbers[3 + 3 * i];
    }
    return new CrossSection(numbers[0], capital, labour, action);
  }
}
