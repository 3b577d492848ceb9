package org.nnks.core.neural;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.nnks.core.agents.MomentBox;
import org.nnks.core.agents.MomentNodes;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.Moment;
import org.nnks.core.economy.Price;
import org.nnks.core.economy.State;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.nets.Network;

/**
 * How networks see states, moments and prices: all on [-1, 1]. States as {@link State#scaled} says,
 * moments by their parts in the leaning box that histories visit ({@link MomentBox}), prices as log
 * deviations from their forecasts within a window. Box and window move between solves.
 */
final class Scales {

  private final NDManager manager;
  private final DataType precision;
  private final List<TensorScale> scales = new ArrayList<>();
  private final NDArray[] stateMiddle;
  private final NDArray[] stateHalf;
  private final NDArray[] stateLower;
  private final NDArray[] stateUpper;
  private final double[] window;
  private final NDArray[] momentMiddle;
  private final NDArray[] momentHalf;
  private final NDArray[][] lean;
  private final NDArray[] momentLower;
  private final NDArray[] momentUpper;
  private final NDArray[] windows;
  private MomentBox box;

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
    momentMiddle = new NDArray[q];
    momentHalf = new NDArray[q];
    lean = new NDArray[q][q];
    momentLower = new NDArray[q];
    momentUpper = new NDArray[q];
    for (int j = 0; j < q; j++) {
      momentLower[j] = scalar(Math.log(moments.get(j).lower()));
      momentUpper[j] = scalar(Math.log(moments.get(j).upper()));
    }
    see(MomentBox.declared(moments));
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

  private void see(MomentBox newBox) {
    box = newBox;
    for (int j = 0; j < box.size(); j++) {
      momentMiddle[j] = scalar(middle(box, j));
      momentHalf[j] = scalar(half(box, j));
      for (int i = 0; i < j; i++) {
        lean[j][i] = scalar(box.lean(j, i));
      }
    }
  }

  private static double middle(MomentBox box, int j) {
    return (box.lower(j) + box.upper(j)) / 2;
  }

  private static double half(MomentBox box, int j) {
    return (box.upper(j) - box.lower(j)) / 2;
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

  /** The logs of moments, of the places of their parts on [-1, 1]. */
  List<NDArray> logMoments(List<NDArray> scaled) {
    List<NDArray> parts = new ArrayList<>();
    List<NDArray> logs = new ArrayList<>();
    for (int j = 0; j < scaled.size(); j++) {
      NDArray part = scaled.get(j).mul(momentHalf[j]).add(momentMiddle[j]);
      NDArray log = part;
      for (int i = 0; i < j; i++) {
        log = log.add(parts.get(i).mul(lean[j][i]));
      }
      parts.add(part);
      logs.add(log);
    }
    return logs;
  }

  /** The places of the parts of moments on [-1, 1], of their logs. */
  NDList scaledMoments(List<NDArray> logs) {
    List<NDArray> parts = new ArrayList<>();
    NDList scaled = new NDList();
    for (int j = 0; j < logs.size(); j++) {
      NDArray part = logs.get(j);
      for (int i = 0; i < j; i++) {
        part = part.sub(parts.get(i).mul(lean[j][i]));
      }
      parts.add(part);
      scaled.add(part.sub(momentMiddle[j]).div(momentHalf[j]));
    }
    return scaled;
  }

  /** The log of a moment within the declared box. */
  NDArray clampMoment(int j, NDArray log) {
    return log.maximum(momentLower[j]).minimum(momentUpper[j]);
  }

  /** The box of moments, as nodes between its ends. */
  MomentNodes momentNodes() {
    return new MomentNodes(box);
  }

  /** The places of the parts of moments on [-1, 1], of their logs. */
  double[] scaledMoments(double[] logs) {
    double[] scaled = box.partsOfLogs(logs);
    for (int j = 0; j < scaled.length; j++) {
      scaled[j] = (scaled[j] - middle(box, j)) / half(box, j);
    }
    return scaled;
  }

  /** The logs of moments, of the places of their parts on [-1, 1]. */
  double[] logMoments(double[] scaled) {
    double[] parts = new double[scaled.length];
    for (int j = 0; j < parts.length; j++) {
      parts[j] = scaled[j] * half(box, j) + middle(box, j);
    }
    return box.logs(parts);
  }

  /** The log deviation of a price from its forecast, of its place in the window. */
  NDArray logDeviation(int l, NDArray scaled) {
    return scaled.mul(windows[l]);
  }

  /** The place of a log deviation in the window; at its ends if it lies outside. */
  double scaledDeviation(int l, double logDeviation) {
    return Math.max(-1, Math.min(1, logDeviation / window[l]));
  }

  /** How scales changed: what was seen as {@code A x + b}, A row by row, is now seen as x. */
  record Change(double[][] a, double[] b) {}

  /** Moves the box of moments. */
  Change moveMoments(MomentBox newBox) {
    int q = box.size();
    double[][] a = new double[q][q];
    double[] middles = new double[q];
    for (int i = 0; i < q; i++) {
      middles[i] = middle(newBox, i);
      double[] unit = new double[q];
      unit[i] = 1;
      double[] before = box.partsOfLogs(newBox.logs(unit));
      for (int j = 0; j < q; j++) {
        a[j][i] = before[j] * half(newBox, i) / half(box, j);
      }
    }
    Change change = new Change(a, scaledMoments(newBox.logs(middles)));
    see(newBox);
    return change;
  }

  /** Moves the window of a price. */
  Change moveWindow(int l, double width) {
    Change change = new Change(new double[][] {{width / window[l]}}, new double[1]);
    window[l] = width;
    windows[l] = scalar(width);
    return change;
  }

  /** The box of moments and the widths of all windows, for checkpoints. */
  double[] state() {
    return DoubleStream.concat(Arrays.stream(box.toArray()), Arrays.stream(window)).toArray();
  }

  /**
   * Continues from {@link #state}.
   *
   * @throws InvalidInputException if these are not the numbers of such a box and such windows
   */
  void restore(double[] state) {
    int windows = window.length;
    int numbers = Math.max(0, state.length - windows);
    see(MomentBox.of(Arrays.copyOf(state, numbers), box.size()));
    for (int l = 0; l < windows; l++) {
      moveWindow(l, state[numbers + l]);
    }
  }
}
