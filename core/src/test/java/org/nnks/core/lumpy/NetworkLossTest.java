package org.nnks.core.lumpy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nnks.core.nets.Gradients;
import org.nnks.core.nets.Network;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;

/** The gradients of the losses (34) and (36), by two independent routes. */
class NetworkLossTest {

  private static final int SAMPLES = 64;

  /** Gradients compared while the garbage collector runs all the time. */
  private static final int REPETITIONS = 40;

  private final SmallEconomy economy = new SmallEconomy();
  private final Device device = Device.cpu();
  private final PaperTraining training = PaperTraining.yokomoto2026().withHidden(12, 12);
  private final Seeds seeds = new Seeds(3);

  private NetworkValue value;
  private NetworkPolicy policy;
  private double[] valueInputs;
  private double[] goals;
  private double[] policyInputs;
  private double[] prices;
  private int[] shocks;
  private Continuation continuation;

  @BeforeEach
  void open() {
    value = new NetworkValue(economy, training, device, DataType.FLOAT64, seeds);
    policy = new NetworkPolicy(economy, training, device, DataType.FLOAT64, seeds);
    value.setRules(SmallEconomy.rules());
    policy.setRules(SmallEconomy.rules());
    RandomGenerator random = seeds.stream("test data");
    randomise(value.adam().network(), random);
    randomise(policy.adam().network(), random);
    value.tabulate();
    continuation = value.newContinuation();
    value.continuation(1, 1.6, continuation);
    valueInputs = new double[4 * SAMPLES];
    policyInputs = new double[4 * SAMPLES];
    goals = new double[SAMPLES];
    prices = new double[SAMPLES];
    shocks = new int[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      double mean = random.nextDouble(1.25, 2);
      value.writeInputs(random.nextInt(9), random.nextDouble(0.1, 8), mean, valueInputs, i);
      goals[i] = random.nextGaussian();
      prices[i] = SmallEconomy.rules().price(1, mean) + random.nextDouble(-0.018, 0.018);
      shocks[i] = random.nextInt(3);
      policy.writeInputs(shocks[i], 1, mean, prices[i], policyInputs, i);
    }
  }

  private static void randomise(Network network, RandomGenerator random) {
    double[] weights = network.values();
    for (int i = 0; i < weights.length; i++) {
      weights[i] += 0.1 * random.nextGaussian();
    }
    network.setValues(weights);
  }

  @AfterEach
  void close() {
    value.close();
    policy.close();
  }

  private double[] valueGradient() {
    try (NDManager step = device.newManager()) {
      return value.gradients(step, valueInputs, goals).values();
    }
  }

  private double[] policyGradient() {
    try (NDManager step = device.newManager()) {
      Gradients gradients =
          policy.gradients(
              step, policyInputs, (i, k) -> continuation.slope(shocks[i], k) - prices[i]);
      return gradients.values();
    }
  }

  private double valueLoss() {
    value.target().network().setValues(value.adam().network().values());
    double[] fitted = value.network(valueInputs);
    double sum = 0;
    for (int i = 0; i < SAMPLES; i++) {
      sum += (fitted[i] - goals[i]) * (fitted[i] - goals[i]);
    }
    return sum / SAMPLES;
  }

  /** Equation (34) as it stands. */
  private double policyLoss() {
    policy.publish();
    double[] k = policy.targets(policyInputs);
    double sum = 0;
    for (int i = 0; i < SAMPLES; i++) {
      sum += -prices[i] * k[i] + continuation.value(shocks[i], k[i]);
    }
    return -sum / SAMPLES;
  }

  private static void compareWithDifferences(
      Network network, double[] gradient, DoubleSupplier loss) {
    double[] weights = network.values();
    double step = 1e-5;
    for (int i = 0; i < weights.length; i += 7) {
      double kept = weights[i];
      weights[i] = kept + step;
      network.setValues(weights);
      double above = loss.getAsDouble();
      weights[i] = kept - step;
      network.setValues(weights);
      double below = loss.getAsDouble();
      weights[i] = kept;
      network.setValues(weights);
      assertThat(gradient[i]).isCloseTo((above - below) / (2 * step), within(1e-7));
    }
  }

  @Test
  void valueGradientAgreesWithDifferences() {
    compareWithDifferences(value.adam().network(), valueGradient(), this::valueLoss);
  }

  @Test
  void policyGradientAgreesWithDifferences() {
    compareWithDifferences(policy.adam().network(), policyGradient(), this::policyLoss);
  }

  /**
   * DJL frees scalars of {@code mul(Number)} and the like before the backward pass: with
   * collections in between, half of the gradients of such losses are silently wrong.
   */
  @Test
  void gradientsSurviveGarbageCollection() throws InterruptedException {
    double[] ofValue = valueGradient();
    double[] ofPolicy = policyGradient();
    AtomicBoolean done = new AtomicBoolean();
    Thread collector =
        new Thread(
            () -> {
              while (!done.get()) {
                System.gc();
              }
            });
    collector.start();
    int wrong = 0;
    try {
      for (int i = 0; i < REPETITIONS; i++) {
        wrong += java.util.Arrays.equals(ofValue, valueGradient()) ? 0 : 1;
        wrong += java.util.Arrays.equals(ofPolicy, forcedPolicyGradient()) ? 0 : 1;
      }
    } finally {
      done.set(true);
      collector.join();
    }
    assertThat(wrong).isZero();
  }

  /** As {@link #policyGradient}, with a collection between the forward and the backward pass. */
  private double[] forcedPolicyGradient() {
    try (NDManager step = device.newManager()) {
      return policy
          .gradients(
              step,
              policyInputs,
              (i, k) -> {
                if (i == 0) {
                  System.gc();
                }
                return continuation.slope(shocks[i], k) - prices[i];
              })
          .values();
    }
  }
}
