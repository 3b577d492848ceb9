package org.nnks.sbi;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Device;

/**
 * Densities of parameters under each bijector, trained, and the one with the smaller held-out loss.
 *
 * @param density that was chosen
 * @param fallback one without mass outside of the prior's support, if the density has some
 */
record BijectorChoice(ParameterDensity density, Optional<ParameterDensity> fallback) {

  /** Data sets behind the loss by which a bijector is chosen. */
  private static final int CHOICE_SETS = 500;

  static BijectorChoice train(
      Prior prior,
      Simulations simulations,
      Scaling scaling,
      Ensemble.Layout layout,
      Device device,
      Optional<Path> checkpoint,
      TrainingListener listener) {
    List<Bijector> bijectors = layout.config().bijectors().orElse(List.of(Bijector.PROBIT));
    if (prior.parameters().stream().noneMatch(Parameter::bounded)) {
      bijectors = bijectors.subList(0, 1); // They are the same.
    }
    List<ParameterDensity> trained = new ArrayList<>();
    try {
      for (Bijector bijector : bijectors) {
        // The decays that suited the first are taken for the others, too: it halves their time.
        Ensemble.Layout next =
            trained.isEmpty() ? layout : layout.with(trained.get(0).ensemble().weightDecays());
        String name = trained.isEmpty() ? "" : bijector.name().toLowerCase(Locale.ROOT) + "_";
        TrainingSet set = trainingSet(prior, bijector, simulations, scaling);
        Ensemble ensemble = Ensemble.train(next, set, device, name, checkpoint, listener);
        trained.add(new ParameterDensity(prior, bijector, ensemble));
      }
      ParameterDensity density =
          trained.size() == 1
              ? trained.get(0)
              : Collections.min(
                  trained, Comparator.comparingDouble(d -> loss(d, layout, scaling, simulations)));
      trained.remove(density);
      Optional<ParameterDensity> fallback =
          density.bijector().leaks(prior)
              ? trained.stream().filter(d -> !d.bijector().leaks(prior)).findFirst()
              : Optional.empty();
      fallback.ifPresent(trained::remove);
      return new BijectorChoice(density, fallback);
    } finally {
      trained.forEach(unused -> unused.ensemble().close());
    }
  }

  private static TrainingSet trainingSet(
      Prior prior, Bijector bijector, Simulations simulations, Scaling scaling) {
    int d = prior.size();
    double[] u = new double[simulations.size() * d];
    double offset = 0;
    for (int i = 0; i < simulations.size(); i++) {
      Vector seen = bijector.toLearn(prior, simulations.theta(i));
      System.arraycopy(seen.toArray(), 0, u, i * d, d);
      offset += bijector.logDeterminant(prior, seen) / simulations.size();
    }
    double[] observed = simulations.observedUnsafe();
    return new TrainingSet(
        d,
        u,
        simulations.shape(),
        scaling.apply(simulations.valuesUnsafe(), observed),
        observed,
        offset,
        simulations.numbersUnsafe());
  }

  /** The mean of -log q(theta | x) over simulations that the first member has held out. */
  private static double loss(
      ParameterDensity density, Ensemble.Layout layout, Scaling scaling, Simulations simulations) {
    int[] held = Training.heldOut(layout.config(), simulations.numbersUnsafe(), layout.seeds(0));
    int[] rows = Arrays.copyOf(held, Math.min(held.length, CHOICE_SETS));
    int cells = simulations.shape().size();
    double[] observed = ParameterDensity.rows(simulations.observedUnsafe(), cells, rows);
    double[] values =
        scaling.apply(ParameterDensity.rows(simulations.valuesUnsafe(), cells, rows), observed);
    double[][] theta = new double[rows.length][];
    Arrays.setAll(theta, i -> simulations.theta(rows[i]).toArray());
    double[] acceptance = density.acceptance(values, observed, NeuralPosterior.CHOICE_DRAWS);
    // No share of so many draws is known to be smaller than one of them.
    Arrays.setAll(acceptance, i -> Math.max(acceptance[i], 1.0 / NeuralPosterior.CHOICE_DRAWS));
    double[] log = density.logDensity(Matrix.ofRows(theta), values, observed, acceptance);
    return -Arrays.stream(log).average().orElseThrow();
  }
}
