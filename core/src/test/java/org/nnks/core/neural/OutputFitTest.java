package org.nnks.core.neural;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.TaxedFirms;
import org.nnks.core.nets.Gradients;
import org.nnks.core.nets.Network;
import org.nnks.core.nets.NetworkSpec;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.tensor.Readout;

class OutputFitTest {

  private static final int POINTS = 400;

  private static Samples samples(NeuralNetworks networks) {
    return new Samples(
        networks.economy(),
        networks.exogenous(),
        networks.manager(),
        DataType.FLOAT64,
        new Seeds(3).stream("points"));
  }

  /** The size of the gradient of L_val in the output layer, by automatic differentiation. */
  private static double slope(NeuralNetworks networks, ValueTargets targets, NDManager scope) {
    NDArray weight = Network.create(scope, new double[] {1}, new Shape(1), DataType.FLOAT64);
    Gradients gradients =
        Gradients.unread(
            networks.value().network().parameters(),
            scope,
            leaves -> targets.loss(networks.value(), leaves, weight));
    NetworkSpec spec = networks.value().network().spec();
    int last = (spec.lastHidden() + 1) * spec.outputs();
    double[] all = gradients.values();
    Vector output = Vector.of(Arrays.copyOfRange(all, all.length - last, all.length));
    return Math.sqrt(output.dot(output));
  }

  @ParameterizedTest
  @EnumSource(ExogenousForm.class)
  void noOutputLayerIsBetterAtItsPoints(ExogenousForm form) {
    DeclaredEconomy economy = TaxedFirms.of(0);
    NeuralTraining training = NeuralTraining.standard().withHidden(8, 6).withExogenous(form);
    try (NeuralNetworks networks =
            new NeuralNetworks(economy, training, Device.cpu(), DataType.FLOAT64, new Seeds(3));
        NDManager scope = Device.cpu().newManager()) {
      networks.believe(FixedRules.forecasts(economy, 2.3, .95));
      try (OutputFit fit = new OutputFit(networks, samples(networks), POINTS, 1, new Readout())) {
        ValueTargets targets =
            ValueTargets.at(
                networks,
                ValueTargets.batch(networks, samples(networks), POINTS, scope),
                scope.newSubManager());
        double before = slope(networks, targets, scope);
        fit.fit();
        // What the ridge leaves of it.
        assertThat(slope(networks, targets, scope)).isLessThan(1e-3 * before);
        assertThat(networks.value().target().network().values())
            .isEqualTo(networks.value().network().values());
      }
    }
  }

  /** Plain fits would leave beta a fit of the level, .66 after twelve. */
  @Test
  void mixedFitsSettleFasterThanTheBellmanOperatorContracts() {
    DeclaredEconomy economy = TaxedFirms.of(0);
    NeuralTraining training = NeuralTraining.standard().withHidden(8, 6);
    try (NeuralNetworks networks =
            new NeuralNetworks(economy, training, Device.cpu(), DataType.FLOAT64, new Seeds(3));
        OutputFit fit = new OutputFit(networks, samples(networks), POINTS, 1, new Readout())) {
      networks.believe(FixedRules.forecasts(economy, 2.3, .95));
      fit.fit();
      double first = unfitted(networks);
      for (int i = 0; i < 12; i++) {
        fit.fit();
      }
      assertThat(unfitted(networks)).isLessThan(.01 * first);
    }
  }

  /** The slope of L_val where targets follow the networks. */
  private static double unfitted(NeuralNetworks networks) {
    try (NDManager scope = Device.cpu().newManager()) {
      Samples.Batch batch = ValueTargets.batch(networks, samples(networks), POINTS, scope);
      return slope(networks, ValueTargets.at(networks, batch, scope.newSubManager()), scope);
    }
  }
}
