package org.nnks.core.neural;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.TaxedFirms;
import org.nnks.core.nets.Gradients;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.tensor.Readout;

class PolicyFitTest {

  private static final int UNITS = 64;

  private static Samples samples(NeuralNetworks networks) {
    return new Samples(
        networks.economy(),
        networks.exogenous(),
        networks.manager(),
        DataType.FLOAT64,
        new Seeds(3).stream("points"));
  }

  /** The size of the gradient of the mean of all branches' values, by automatic differentiation. */
  private static double slope(NeuralNetworks networks, Point point, NDManager manager) {
    try (NDManager scope = manager.newSubManager()) {
      Gradients gradients =
          Gradients.unread(
              networks.continuousParameters(),
              scope,
              leaves -> {
                List<NDArray> places = networks.places(leaves, point);
                NDList values = new NDList();
                for (int b = 0; b < places.size(); b++) {
                  if (places.get(b) != null) {
                    values.add(
                        networks
                            .rightHandSide()
                            .value(b, point, places.get(b), networks.value(), scope));
                  }
                }
                return Arrange.joined(values).mean();
              });
      double[] all = gradients.values();
      double sum = 0;
      for (int i = all.length - output(networks); i < all.length; i++) {
        sum += all[i] * all[i];
      }
      return Math.sqrt(sum);
    }
  }

  /** Parameters of the output layer, which are the last. */
  private static int output(NeuralNetworks networks) {
    NDList all = networks.continuousParameters();
    return (int) (all.get(all.size() - 2).size() + all.get(all.size() - 1).size());
  }

  /**
   * Where the payoff bends, some steps of Newton's method leave nothing that moves the objective.
   */
  @ParameterizedTest
  @EnumSource(ExogenousForm.class)
  void noOutputLayerIsBetterAtItsPoints(ExogenousForm form) {
    DeclaredEconomy economy = TaxedFirms.of(0);
    NeuralTraining training = NeuralTraining.standard().withHidden(8).withExogenous(form);
    try (NeuralNetworks networks =
            new NeuralNetworks(economy, training, Device.cpu(), DataType.FLOAT64, new Seeds(3));
        NDManager scope = Device.cpu().newManager()) {
      networks.believe(FixedRules.forecasts(economy, 2.3, .95));
      // V by its slopes at policies in the middle of their ranges: concave in capital.
      try (OutputFit fit = new OutputFit(networks, samples(networks), 1_024, 1, new Readout())) {
        fit.fit();
      }
      try (PolicyFit fit = new PolicyFit(networks, samples(networks), UNITS)) {
        Point point =
            networks.point(ValueTargets.batch(networks, samples(networks), 4 * UNITS, scope));
        double before = slope(networks, point, scope);
        for (int i = 0; i < 20; i++) {
          fit.fit();
        }
        assertThat(slope(networks, point, scope))
            .isLessThan(3e-3 * before); // what the ridge leaves is 1.2e-3
      }
    }
  }

  /** Twenty fits of nine branches held all that they had computed, 1.7 GB each, until the last. */
  @Test
  void fitsKeepNothingOfWhatTheyCompute() {
    DeclaredEconomy economy = TaxedFirms.of(0);
    NeuralTraining training = NeuralTraining.standard().withHidden(8);
    try (NeuralNetworks networks =
        new NeuralNetworks(economy, training, Device.cpu(), DataType.FLOAT64, new Seeds(3))) {
      networks.believe(FixedRules.forecasts(economy, 2.3, .95));
      try (OutputFit output = new OutputFit(networks, samples(networks), 64, 1, new Readout());
          PolicyFit controls = new PolicyFit(networks, samples(networks), 8)) {
        int ofValue = output.manager().getManagedArrays().size();
        int ofPolicies = controls.manager().getManagedArrays().size();
        output.fit();
        controls.fit();
        assertThat(output.manager().getManagedArrays()).hasSize(ofValue);
        assertThat(controls.manager().getManagedArrays()).hasSize(ofPolicies);
      }
    }
  }
}
