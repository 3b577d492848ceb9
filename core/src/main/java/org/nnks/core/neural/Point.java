package org.nnks.core.neural;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nnks.core.economy.DeclaredEconomy;

/**
 * Agents in rows: where they are, which prices they face, and what they expect. Everything follows
 * from scaled inputs, through which gradients flow.
 */
final class Point {

  private final DeclaredEconomy economy;
  private final NDArray select;
  private final NDArray inputs;
  private final NDList stateInputs = new NDList();
  private final NDList momentInputs;
  private final NDList nextMoments;
  private final NDList deviations;
  private final NDArray weights;
  private final Map<String, NDArray> symbols;
  private final Map<String, NDArray> successors;

  /**
   * Agents.
   *
   * @param select their states h: shape (n, states)
   * @param levels of the exogenous variables in them, by name: shape (n, 1)
   * @param inputs scaled states and moments: shape (n, states and moments)
   * @param deviations of prices from forecasts, scaled, each of shape (n, 1); empty at forecasts
   */
  Point(
      DeclaredEconomy economy,
      Scales scales,
      ExogenousStates exogenous,
      TensorForecasts forecasts,
      NDArray select,
      Map<String, NDArray> levels,
      NDArray inputs,
      NDList deviations) {
    this.economy = economy;
    this.select = select;
    this.inputs = inputs;
    this.deviations = deviations;
    symbols = new HashMap<>(levels);
    successors = new HashMap<>(exogenous.levels());
    int d = economy.states().size();
    int q = economy.moments().size();
    NDList columns = inputs.split((long) d + q, 1);
    for (int s = 0; s < d; s++) {
      stateInputs.add(columns.get(s));
      symbols.put(stateName(s), scales.level(s, columns.get(s)));
    }
    momentInputs = new NDList(columns.subList(d, d + q));
    List<NDArray> logMoments = scales.logMoments(momentInputs);
    for (int j = 0; j < q; j++) {
      symbols.put(economy.moments().get(j).name(), logMoments.get(j).exp());
    }
    NDList logs = forecasts.logs(select, logMoments);
    List<NDArray> logNext = new ArrayList<>();
    for (int j = 0; j < q; j++) {
      NDArray log = scales.clampMoment(j, logs.get(j));
      logNext.add(log);
      successors.put(economy.moments().get(j).name(), log.exp());
    }
    nextMoments = scales.scaledMoments(logNext);
    for (int l = 0; l < economy.prices().size(); l++) {
      NDArray log = logs.get(q + l);
      NDArray price =
          deviations.isEmpty() ? log : log.add(scales.logDeviation(l, deviations.get(l)));
      symbols.put(economy.prices().get(l).name(), price.exp());
      successors.put(economy.prices().get(l).name(), forecasts.logPrice(l, logNext).exp());
    }
    weights = select.matMul(exogenous.discounted());
  }

  String stateName(int s) {
    return economy.states().get(s).name();
  }

  /** The states h: shape (n, states). */
  NDArray select() {
    return select;
  }

  /** Scaled states and moments: shape (n, states and moments). */
  NDArray inputs() {
    return inputs;
  }

  /** Scaled states, each of shape (n, 1). */
  NDList stateInputs() {
    return stateInputs;
  }

  /** Scaled moments, each of shape (n, 1). */
  NDList momentInputs() {
    return momentInputs;
  }

  /** Scaled moments of the next period, each of shape (n, 1). */
  NDList nextMoments() {
    return nextMoments;
  }

  /** Scaled deviations of prices from forecasts; empty at forecasts. */
  NDList deviations() {
    return deviations;
  }

  /** Discounted probabilities of the next states: shape (n, states). */
  NDArray weights() {
    return weights;
  }

  /** Exogenous variables, states, moments and prices by name: shape (n, 1). */
  Map<String, NDArray> symbols() {
    return symbols;
  }

  /**
   * Exogenous variables, moments and forecast prices of the next period by name: they broadcast to
   * shape (n, states).
   */
  Map<String, NDArray> successors() {
    return successors;
  }
}
