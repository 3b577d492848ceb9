package org.nnks.core.lumpy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.nets.Adam;
import org.nnks.core.nets.Gradients;
import org.nnks.core.nets.InputBox;
import org.nnks.core.nets.Network;
import org.nnks.core.nets.NetworkSpec;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;

/**
 * k* = g(z;A,K,p), Yokomoto (2026) equation (33): the network returns log k*.
 *
 * <p>In simulations the same weights are evaluated in double precision, because markets do not
 * clear to 1e-7 on targets that are rounded to single precision.
 */
final class NetworkPolicy implements TargetRule, AutoCloseable {

  /** See {@link NetworkValue}. */
  private static final double INITIAL_GAIN = 1;

  /** z, A, K, p. */
  static final int INPUTS = 4;

  private final LumpyInvestment economy;
  private final DataType precision;
  private final InputBox shockBox;
  private final InputBox aggregateBox;
  private final InputBox meanCapitalBox;
  private final double priceNoise;
  private final boolean relativePrice;
  private final boolean projects;
  private final Network network;
  private final Network published;
  private final Adam adam;
  private final NDManager manager;
  private final NDArray centre;
  private final double logCentre;
  private ForecastRules rules;
  private InputBox priceBox;

  NetworkPolicy(
      LumpyInvestment economy,
      PaperTraining training,
      Device device,
      DataType precision,
      Seeds seeds) {
    this.economy = economy;
    this.precision = precision;
    shockBox =
        new InputBox(
            economy.idiosyncratic().level(0),
            economy.idiosyncratic().level(economy.idiosyncratic().size() - 1));
    aggregateBox =
        new InputBox(
            economy.aggregate().level(0),
            economy.aggregate().level(economy.aggregate().size() - 1));
    meanCapitalBox = new InputBox(economy.meanCapital().lower(), economy.meanCapital().upper());
    priceNoise = training.priceNoise();
    relativePrice = training.relativePrice();
    projects = training.projected();
    network =
        Network.random(
            new NetworkSpec(INPUTS, training.hidden(), 1, training.activation()),
            INITIAL_GAIN,
            device,
            precision,
            seeds.stream("initial policy network"));
    network.scaleOutput(0);
    published = network.copy(DataType.FLOAT64);
    adam = new Adam(network);
    manager = device.newManager();
    logCentre = Math.log((economy.meanCapital().lower() + economy.meanCapital().upper()) / 2);
    centre = Network.create(manager, new double[] {logCentre}, new Shape(1, 1), precision);
  }

  /** Sets the rules that prices are compared with. */
  void setRules(ForecastRules rules) {
    this.rules = rules;
    priceBox = relativePrice ? new InputBox(-priceNoise, priceNoise) : trainedPrices();
  }

  /** All prices of training: the forecasts on the box of K, and the noise around them. */
  private InputBox trainedPrices() {
    double lowest = Double.POSITIVE_INFINITY;
    double highest = 0;
    for (int a = 0; a < economy.aggregate().size(); a++) {
      double atLower = rules.price(a, economy.meanCapital().lower());
      double atUpper = rules.price(a, economy.meanCapital().upper());
      lowest = Math.min(lowest, Math.min(atLower, atUpper));
      highest = Math.max(highest, Math.max(atLower, atUpper));
    }
    return new InputBox(lowest - priceNoise, highest + priceNoise);
  }

  /** Writes the scaled inputs of a state and price as row {@code row}. */
  void writeInputs(
      int shock, int aggregateState, double meanCapital, double price, double[] inputs, int row) {
    int at = row * INPUTS;
    inputs[at] = shockBox.scale(economy.idiosyncratic().level(shock));
    inputs[at + 1] = aggregateBox.scale(economy.aggregate().level(aggregateState));
    inputs[at + 2] = meanCapitalBox.scale(meanCapital);
    double reference = relativePrice ? rules.price(aggregateState, meanCapital) : 0;
    inputs[at + 3] = priceBox.scale(price - reference);
  }

  Adam adam() {
    return adam;
  }

  /** The derivative of the objective of equation (34) in k', at each sample. */
  interface MarginalValue {

    /** -p + beta E V_k(k') of a sample. */
    double at(int sample, double target);
  }

  /**
   * One step on the loss (34).
   *
   * @param inputs scaled inputs of shape (n, 4)
   */
  void train(double[] inputs, MarginalValue marginal, double rate) {
    try (NDManager step = manager.newSubManager()) {
      adam.step(gradients(step, inputs, marginal), rate);
    }
  }

  /**
   * The gradients of the loss (34). By the chain rule they are those of -mean(m k') where m, the
   * marginal value at each k', is held fixed; m comes from the continuation's splines.
   */
  Gradients gradients(NDManager step, double[] inputs, MarginalValue marginal) {
    int samples = inputs.length / INPUTS;
    NDArray x = Network.create(step, inputs, new Shape(samples, INPUTS), precision);
    return Gradients.of(
        network,
        step,
        leaves -> {
          NDArray targets = network.forward(leaves, x).add(centre).exp();
          double[] k = Network.toDoubles(targets);
          double[] weights = new double[samples];
          for (int i = 0; i < samples; i++) {
            weights[i] = -(projects ? projected(k[i], i, marginal) : marginal.at(i, k[i]));
          }
          NDArray held = Network.create(step, weights, new Shape(samples, 1), precision);
          return targets.mul(held).mean();
        });
  }

  /**
   * The marginal value of a target. Beyond the grid it is that of the nearest end where it leads
   * back, the same per unit of log k', and zero where it leads further out: a corner may be
   * optimal.
   */
  private double projected(double target, int sample, MarginalValue marginal) {
    double inside = economy.capital().clamp(target);
    double value = marginal.at(sample, inside);
    boolean outwards = value * (target - inside) > 0;
    return outwards ? 0 : value * inside / target;
  }

  /** Makes the present weights those that targets are computed with. */
  void publish() {
    published.setValues(network.values());
  }

  /** k* at scaled inputs of shape (n, 4), within the capital grid; with the published weights. */
  double[] targets(double[] inputs) {
    double[] k;
    try (NDManager scope = manager.newSubManager()) {
      k =
          published
              .forward(scope.create(inputs, new Shape(inputs.length / INPUTS, INPUTS)))
              .toDoubleArray();
    }
    for (int i = 0; i < k.length; i++) {
      k[i] = economy.capital().clamp(Math.exp(logCentre + k[i]));
    }
    return k;
  }

  @Override
  public void targets(
      int aggregateState,
      double meanCapital,
      Continuation continuation,
      double[] prices,
      int count,
      double[][] targets) {
    int shocks = economy.idiosyncratic().size();
    double[] inputs = new double[count * shocks * INPUTS];
    for (int j = 0; j < count; j++) {
      for (int z = 0; z < shocks; z++) {
        writeInputs(z, aggregateState, meanCapital, prices[j], inputs, j * shocks + z);
      }
    }
    double[] k = targets(inputs);
    for (int j = 0; j < count; j++) {
      System.arraycopy(k, j * shocks, targets[j], 0, shocks);
    }
  }

  @Override
  public void close() {
    manager.close();
    adam.close();
    published.close();
    network.close();
  }
}
