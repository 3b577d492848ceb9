package org.nnks.core.lumpy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.nets.Adam;
import org.nnks.core.nets.Gradients;
import org.nnks.core.nets.InputBox;
import org.nnks.core.nets.Network;
import org.nnks.core.nets.NetworkSpec;
import org.nnks.core.nets.TargetCopy;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;

/**
 * V(z,k;A,K), Yokomoto (2026) equation (32): a baseline known in closed form, an offset for each
 * exogenous state, and a network of the four states. The value it stands for is that of the target
 * network.
 */
final class NetworkValue implements ValueFunction, AutoCloseable {

  /** Gain of the initial weights: that of a tanh network whose activations keep their size. */
  private static final double INITIAL_GAIN = 1;

  /** z, k, A, K. */
  static final int INPUTS = 4;

  /** What the network's output is multiplied with, in units of V. */
  private final double scale;

  private final LumpyInvestment economy;
  private final ExogenousTransition transition;
  private final DataType precision;
  private final InputBox shockBox;
  private final InputBox capitalBox;
  private final InputBox aggregateBox;
  private final InputBox meanCapitalBox;
  private final Network network;
  private final Adam adam;
  private final TargetCopy target;
  private final ContinuationTable table;
  private final NDManager manager;
  private final NDArray tableInputs;

  private final boolean hasBaseline;
  private final boolean logCapital;
  private final double[] tableBaseline;
  private ForecastRules rules;
  private double[] offset;

  NetworkValue(
      LumpyInvestment economy,
      PaperTraining training,
      Device device,
      DataType precision,
      Seeds seeds) {
    this.economy = economy;
    this.precision = precision;
    transition = new ExogenousTransition(economy);
    int last = economy.aggregate().size() - 1;
    int lastShock = economy.idiosyncratic().size() - 1;
    shockBox =
        new InputBox(economy.idiosyncratic().level(0), economy.idiosyncratic().level(lastShock));
    logCapital = training.logCapital();
    capitalBox = new InputBox(seen(economy.capital().lower()), seen(economy.capital().upper()));
    aggregateBox = new InputBox(economy.aggregate().level(0), economy.aggregate().level(last));
    meanCapitalBox = new InputBox(economy.meanCapital().lower(), economy.meanCapital().upper());
    network =
        Network.random(
            new NetworkSpec(INPUTS, training.hidden(), 1, training.activation()),
            INITIAL_GAIN,
            device,
            precision,
            seeds.stream("initial value network"));
    network.scaleOutput(0);
    adam = new Adam(network);
    target = new TargetCopy(network, training.targetUpdate());
    table = new ContinuationTable(economy, transition);
    manager = device.newManager();
    double[] inputs = new double[table.size() * INPUTS];
    for (int i = 0; i < table.size(); i++) {
      writeInputs(table.exogenous(i), table.capital(i), table.meanCapital(i), inputs, i);
    }
    tableInputs = Network.create(manager, inputs, new Shape(table.size(), INPUTS), precision);
    hasBaseline = training.baseline();
    scale = training.outputScale();
    tableBaseline = new double[table.size()];
    offset = new double[transition.states()];
  }

  /** Writes the scaled inputs of a state as row {@code row}. */
  void writeInputs(int exogenous, double capital, double meanCapital, double[] inputs, int row) {
    int shocks = economy.idiosyncratic().size();
    int at = row * INPUTS;
    inputs[at] = shockBox.scale(economy.idiosyncratic().level(exogenous % shocks));
    inputs[at + 1] = capitalBox.scale(seen(capital));
    inputs[at + 2] = aggregateBox.scale(economy.aggregate().level(exogenous / shocks));
    inputs[at + 3] = meanCapitalBox.scale(meanCapital);
  }

  /** What the network sees of k. */
  private double seen(double capital) {
    return logCapital ? Math.log(capital) : capital;
  }

  /**
   * The part of V that is not learnt: what a firm without frictions owns after production, profit
   * and undepreciated capital, at the forecast price.
   */
  double baseline(int exogenous, double capital, double meanCapital) {
    if (!hasBaseline) {
      return 0;
    }
    int shocks = economy.idiosyncratic().size();
    int aggregateState = exogenous / shocks;
    double price = rules.price(aggregateState, meanCapital);
    return economy.profit(
            economy.idiosyncratic().level(exogenous % shocks),
            capital,
            economy.aggregate().level(aggregateState),
            price)
        + price * economy.undepreciated(capital);
  }

  /** Sets the rules that the baseline is computed with. */
  void setRules(ForecastRules rules) {
    this.rules = rules;
    for (int i = 0; i < tableBaseline.length; i++) {
      tableBaseline[i] = baseline(table.exogenous(i), table.capital(i), table.meanCapital(i));
    }
  }

  double scale() {
    return scale;
  }

  double[] offset() {
    return offset.clone();
  }

  void setOffset(double[] values) {
    offset = values.clone();
  }

  ExogenousTransition transition() {
    return transition;
  }

  Adam adam() {
    return adam;
  }

  TargetCopy target() {
    return target;
  }

  /**
   * One step on the loss (36).
   *
   * @param inputs scaled inputs of shape (n, 4)
   * @param goals what the network itself should return there: right-hand side less baseline and
   *     offset
   * @return the loss before the step
   */
  double train(double[] inputs, double[] goals, double rate) {
    try (NDManager step = manager.newSubManager()) {
      Gradients gradients = gradients(step, inputs, goals);
      adam.step(gradients, rate);
      target.update();
      return gradients.loss();
    }
  }

  /** The gradients of the loss (36). */
  Gradients gradients(NDManager step, double[] inputs, double[] goals) {
    NDArray x = Network.create(step, inputs, new Shape(goals.length, INPUTS), precision);
    NDArray y = Network.create(step, goals, new Shape(goals.length, 1), precision);
    return Gradients.of(network, step, leaves -> network.forward(leaves, x).sub(y).square().mean());
  }

  /** Tabulates the continuation of the target network. */
  void tabulate() {
    double[] values;
    try (NDManager scope = manager.newSubManager()) {
      NDArray inputs = tableInputs.stopGradient();
      inputs.attach(scope);
      values = Network.toDoubles(target.network().forward(inputs));
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = scale * values[i] + offset[table.exogenous(i)] + tableBaseline[i];
    }
    table.update(values);
  }

  @Override
  public Continuation newContinuation() {
    return table.newContinuation();
  }

  @Override
  public void continuation(int aggregateState, double nextMeanCapital, Continuation continuation) {
    table.fill(aggregateState, nextMeanCapital, continuation);
  }

  @Override
  public double[][] values(double[] capital, double[] meanCapital) {
    int points = capital.length;
    double[] inputs = new double[transition.states() * points * INPUTS];
    for (int h = 0; h < transition.states(); h++) {
      for (int i = 0; i < points; i++) {
        writeInputs(h, capital[i], meanCapital[i], inputs, h * points + i);
      }
    }
    double[] all = network(inputs);
    double[][] result = new double[transition.states()][];
    for (int h = 0; h < result.length; h++) {
      result[h] = Arrays.copyOfRange(all, h * points, (h + 1) * points);
      for (int i = 0; i < points; i++) {
        result[h][i] = scale * result[h][i] + offset[h] + baseline(h, capital[i], meanCapital[i]);
      }
    }
    return result;
  }

  /** The target network at scaled inputs of shape (n, 4). */
  double[] network(double[] inputs) {
    try (NDManager scope = manager.newSubManager()) {
      return Network.toDoubles(
          target
              .network()
              .forward(
                  Network.create(
                      scope, inputs, new Shape(inputs.length / INPUTS, INPUTS), precision)));
    }
  }

  @Override
  public void close() {
    manager.close();
    target.close();
    adam.close();
    network.close();
  }
}
