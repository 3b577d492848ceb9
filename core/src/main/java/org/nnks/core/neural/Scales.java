package org.nnks.core.neural;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nnks.core.agents.MomentBox;
import org.nnks.core.agents.MomentNodes;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.Moment;
import org.nnks.core.economy.Price;
import org.nnks.core.economy.State;
import org.nnks.core.nets.Network;

/**
 * How networks see states, moments and prices: all on [-1, 1]. States as {@link State#scaled} says,
 * moments in logs between the ends of the box that histories visit, prices as log deviations from
 * their forecasts within a window. Box and window move between solves.
 */
final class Scales {

  private final NDManager manager;
  private final DataType precision;
  private final List<TensorScale> scales = new ArrayList<>();
  private final NDArray[] stateMiddle;
  private final NDArray[] stateHalf;
  private final NDArray[] stateLower;
  private final NDArray[] stateUpper;
  private final double[] momentLow;
  private final double[] momentHigh;
  private final double[] window;
  private final NDArray[] momentMiddle;
  private final NDArray[] momentHalf;
  private final NDArray[] momentLower;
  private final NDArray[] momentUpper;
  private final NDArray[] windows;

  /**
   * Scales over the declared boxes.
   *
   * @param window half-width of the first window of prices, in logs
   */
  Scales(DeclaredEconomy economy, double window, NDManager manager, DataType precision) {
    this.manager = manager;
    this.precision = precision;
    List<State> states = economy.states();
    int d = states.size();
    stateMiddle = new NDArray[d];
    stateHalf = new NDArray[d];
    stateLower = new NDArray[d];
    stateUpper = new NDArray[d];
    for (int s = 0; s < d; s++) {
      double lower = states.get(s).grid().lower();
      double upper = states.get(s).grid().upper();
      double low = states.get(s).scale().of(lower);
      double high = states.get(s).scale().of(upper);
      scales.add(new TensorScale(states.get(s), manager, precision));
      stateMiddle[s] = scalar((low + high) / 2);
      stateHalf[s] = scalar((high - low) / 2);
      stateLower[s] = scalar(lower);
      stateUpper[s] = scalar(upper);
    }
    List<Moment> moments = economy.moments();
    int q = moments.size();
    momentLow = new double[q];
    momentHigh = new double[q];
    momentMiddle = new NDArray[q];
    momentHalf = new NDArray[q];
    momentLower = new NDArray[q];
    momentUpper = new NDArray[q];
    for (int j = 0; j < q; j++) {
      momentLow[j] = Math.log(moments.get(j).lower());
      momentHigh[j] = Math.log(moments.get(j).upper());
      momentLower[j] = scalar(momentLow[j]);
      momentUpper[j] = scalar(momentHigh[j]);
      setMomentArrays(j);
    }
    List<Price> prices = economy.prices();
    this.window = new double[prices.size()];
    windows = new NDArray[prices.size()];
    for (int l = 0; l < windows.length; l++) {
      this.window[l] = window;
      windows[l] = scalar(window);
    }
  }

  private NDArray scalar(double number) {
    return Network.create(manager, new double[] {number}, new Shape(1), precision);
  }

  private void setMomentArrays(int j) {
    momentMiddle[j] = scalar((momentLow[j] + momentHigh[j]) / 2);
    momentHalf[j] = scalar((momentHigh[j] - momentLow[j]) / 2);
  }

  /** The scale of a state. */
  TensorScale scale(int s) {
    return scales.get(s);
  }

  /** The level of a state, of its place on [-1, 1]. */
  NDArray level(int s, NDArray scaled) {
    return scales.get(s).level(scaled.mul(stateHalf[s]).add(stateMiddle[s]));
  }

  /** The place of a level of a state on [-1, 1]. */
  NDArray scaled(int s, NDArray level) {
    return scales.get(s).of(level).sub(stateMiddle[s]).div(stateHalf[s]);
  }

  /** A level of a state within its box. */
  NDArray clamp(int s, NDArray level) {
    return level.maximum(stateLower[s]).minimum(stateUpper[s]);
  }

  /** The log of a moment, of its place on [-1, 1]. */
  NDArray logMoment(int j, NDArray scaled) {
    return scaled.mul(momentHalf[j]).add(momentMiddle[j]);
  }

  /** The place of a moment on [-1, 1], of its log. */
  NDArray scaledMoment(int j, NDArray log) {
    return log.sub(momentMiddle[j]).div(momentHalf[j]);
  }

  /** The log of a moment within the declared box. */
  NDArray clampMoment(int j, NDArray log) {
    return log.maximum(momentLower[j]).minimum(momentUpper[j]);
  }

  /** The box of moments, as nodes between its ends. */
  MomentNodes momentNodes() {
    return new MomentNodes(
        MomentBox.upright(
            Arrays.stream(momentLow).map(Math::exp).toArray(),
            Arrays.stream(momentHigh).map(Math::exp).toArray()));
  }

  /** The place of a moment's level on [-1, 1]. */
  double scaledMoment(int j, double level) {
    return (2 * Math.log(level) - momentLow[j] - momentHigh[j]) / (momentHigh[j] - momentLow[j]);
  }

  /** The log deviation of a price from its forecast, of its place in the window. */
  NDArray logDeviation(int l, NDArray scaled) {
    return scaled.mul(windows[l]);
  }

  /** The place of a log deviation in the window; at its ends if it lies outside. */
  double scaledDeviation(int l, double logDeviation) {
    return Math.max(-1, Math.min(1, logDeviation / window[l]));
  }

  /** How a scale changed: what was seen as {@code factor x + shift} is now seen as x. */
  record Change(double factor, double shift) {}

  /** Moves the box of a moment, given the logs of its ends. */
  Change moveMoment(int j, double low, double high) {
    Change change =
        new Change(
            (high - low) / (momentHigh[j] - momentLow[j]),
            (low + high - momentLow[j] - momentHigh[j]) / (momentHigh[j] - momentLow[j]));
    momentLow[j] = low;
    momentHigh[j] = high;
    setMomentArrays(j);
    return change;
  }

  /** Moves the window of a price. */
  Change moveWindow(int l, double width) {
    Change change = new Change(width / window[l], 0);
    window[l] = width;
    windows[l] = scalar(width);
    return change;
  }

  /** Logs of the ends of all moments' boxes and widths of all windows, for checkpoints. */
  double[] state() {
    double[] all = Arrays.copyOf(momentLow, 2 * momentLow.length + window.length);
    System.arraycopy(momentHigh, 0, all, momentLow.length, momentLow.length);
    System.arraycopy(window, 0, all, 2 * momentLow.length, window.length);
    return all;
  }

  /** Continues from {@link #state}. */
  void restore(double[] state) {
    for (int j = 0; j < momentLow.length; j++) {
      moveMoment(j, state[j], state[momentLow.length + j]);
    }
    for (int l = 0; l < window.length; l++) {
      moveWindow(l, state[2 * momentLow.length + l]);
    }
  }
}
