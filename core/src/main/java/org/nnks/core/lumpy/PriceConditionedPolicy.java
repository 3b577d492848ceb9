package org.nnks.core.lumpy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.nets.Activation;
import org.nnks.core.nets.InputBox;
import org.nnks.core.nets.LeastSquaresNetwork;
import org.nnks.core.nets.NetworkSpec;
import org.nnks.core.nets.OutputLayer;
import org.nnks.core.run.Device;

/**
 * The price-conditioned policy network g(z;A,K,p) of Yokomoto (2026) equation (33), with one
 * output, log k*, for each exogenous state. Its inputs are K and the candidate price relative to
 * the forecast, log(p / p forecast): k* is so elastic that a wide window of prices would waste the
 * network on prices that never clear. Candidates outside the window, which a first search may try,
 * are answered by the exact maximiser of the value network.
 */
final class PriceConditionedPolicy implements TargetRule, AutoCloseable {

  /** Width of both hidden layers: Yokomoto (2026) Table 14. */
  static final int WIDTH = 128;

  /**
   * Half-width of the prices trained on, in logs. Realised prices stay within .5 % of the forecast;
   * the paper's .05 is 2.2 % of the price, over which log k* moves by about one.
   */
  static final double PRICE_WINDOW = 0.008;

  /** Sample points in the price, Chebyshev. */
  static final int PRICE_SAMPLES = 17;

  /** Scale of first-layer weights, for K and for the price. */
  static final double[] SLOPES = {0.5, 1};

  /** Scale of second-layer weights. */
  static final double HIDDEN_GAIN = 1;

  private final LumpyInvestment economy;
  private final LeastSquaresNetwork network;
  private final NDManager manager;
  private final InputBox meanCapital;
  private final InputBox logPrice = new InputBox(-PRICE_WINDOW, PRICE_WINDOW);
  private final double[] samplePrice = logPrice.chebyshev(PRICE_SAMPLES);
  private final int shocks;
  private final OutputLayer[] outputs;
  private ForecastRules rules;

  PriceConditionedPolicy(LumpyInvestment economy, Device device, RandomGenerator random) {
    this.economy = economy;
    shocks = economy.idiosyncratic().size();
    meanCapital = new InputBox(economy.meanCapital().lower(), economy.meanCapital().upper());
    double[] mean = meanCapital.chebyshev(HeadedValue.MEAN_CAPITAL_SAMPLES);
    double[] inputs = new double[2 * mean.length * PRICE_SAMPLES];
    int index = 0;
    for (double capital : mean) {
      for (double price : samplePrice) {
        inputs[index++] = meanCapital.scale(capital);
        inputs[index++] = logPrice.scale(price);
      }
    }
    double[] importance = new double[inputs.length / 2];
    Arrays.fill(importance, 1);
    network =
        new LeastSquaresNetwork(
            new NetworkSpec(
                2, List.of(WIDTH, WIDTH), economy.aggregate().size() * shocks, Activation.TANH),
            SLOPES,
            HIDDEN_GAIN,
            inputs,
            importance,
            device,
            random);
    manager = device.newManager();
    outputs = new OutputLayer[economy.aggregate().size()];
  }

  LeastSquaresNetwork network() {
    return network;
  }

  /**
   * Fits the network to the exact maximiser at the sample points.
   *
   * @param mean the sample points in K
   * @param continuations at the forecast K' of each aggregate state and mean capital
   */
  void fit(ForecastRules rules, double[] mean, Continuation[] continuations) {
    int aggregates = economy.aggregate().size();
    double[] targets = new double[aggregates * shocks * mean.length * PRICE_SAMPLES];
    for (int a = 0; a < aggregates; a++) {
      for (int j = 0; j < mean.length; j++) {
        double forecast = rules.price(a, mean[j]);
        for (int s = 0; s < PRICE_SAMPLES; s++) {
          double price = forecast * Math.exp(samplePrice[s]);
          for (int z = 0; z < shocks; z++) {
            int row = (a * shocks + z) * mean.length + j;
            targets[row * PRICE_SAMPLES + s] =
                Math.log(continuations[a * mean.length + j].maximise(z, price));
          }
        }
      }
    }
    network.fit(targets);
  }

  /** Puts each aggregate state's output layer on the device. */
  void prepare(ForecastRules rules) {
    this.rules = rules;
    int aggregates = economy.aggregate().size();
    int heads = aggregates * shocks;
    double[] weights = network.outputWeights();
    for (int a = 0; a < aggregates; a++) {
      double[] own = new double[(WIDTH + 1) * shocks];
      for (int f = 0; f <= WIDTH; f++) {
        System.arraycopy(weights, f * heads + a * shocks, own, f * shocks, shocks);
      }
      if (outputs[a] != null) {
        outputs[a].close();
      }
      outputs[a] = new OutputLayer(manager, own, shocks);
    }
  }

  @Override
  public void targets(
      int aggregateState,
      double mean,
      Continuation continuation,
      double[] prices,
      int count,
      double[][] targets) {
    double forecast = rules.price(aggregateState, mean);
    double[] inputs = new double[2 * count];
    for (int j = 0; j < count; j++) {
      inputs[2 * j] = meanCapital.scale(mean);
      inputs[2 * j + 1] = logPrice.scale(Math.log(prices[j] / forecast));
    }
    double[] logs;
    try (NDManager scope = manager.newSubManager()) {
      NDArray hidden = network.hidden(scope.create(inputs, new Shape(count, 2)));
      logs = outputs[aggregateState].apply(hidden).toDoubleArray();
    }
    for (int j = 0; j < count; j++) {
      boolean trained = Math.abs(inputs[2 * j + 1]) <= 1;
      for (int z = 0; z < shocks; z++) {
        targets[j][z] =
            trained ? Math.exp(logs[j * shocks + z]) : continuation.maximise(z, prices[j]);
      }
    }
  }

  @Override
  public void close() {
    network.close();
    manager.close();
  }
}
