package org.nnks.sbi;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nnks.core.archive.NamedArrays;
import org.nnks.core.io.AtomicFiles;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.io.StrictJson;
import org.nnks.core.run.Device;

/**
 * What is saved of a {@link NeuralPosterior} beside its weights.
 *
 * @param format of the files, which are read by every later version
 * @param joint whether the prior has a density of the user's own, which no file can hold
 * @param bijector that was chosen; absent from files of version 0.1, when there was but one
 */
record PosteriorSettings(
    String format,
    List<Parameter> prior,
    boolean joint,
    DataShape shape,
    EstimatorConfig config,
    Scaling scaling,
    long seed,
    Optional<Bijector> bijector) {

  private static final String FORMAT = "nnks-neural-posterior-1";

  private static final String SETTINGS_FILE = "posterior.json";
  private static final String WEIGHTS_FILE = "posterior.npz";

  /** What the names of the fallback's weights begin with. */
  private static final String FALLBACK = "fallback_";

  static PosteriorSettings of(
      Prior prior,
      DataShape shape,
      EstimatorConfig config,
      Scaling scaling,
      long seed,
      Bijector bijector) {
    return new PosteriorSettings(
        FORMAT,
        prior.parameters(),
        prior.joint().isPresent(),
        shape,
        config,
        scaling,
        seed,
        Optional.of(bijector));
  }

  Ensemble.Layout layout() {
    return new Ensemble.Layout(config, prior.size(), shape, scaling.masked(), seed);
  }

  /** Writes two files into a folder that exists. */
  void write(Path folder, ParameterDensity density, Optional<ParameterDensity> fallback) {
    Map<String, double[]> weights = new LinkedHashMap<>(density.ensemble().weights(""));
    fallback.ifPresent(other -> weights.putAll(other.ensemble().weights(FALLBACK)));
    NamedArrays.write(folder.resolve(WEIGHTS_FILE), weights);
    AtomicFiles.write(folder.resolve(SETTINGS_FILE), StrictJson.write(this));
  }

  /**
   * Reads them.
   *
   * @param given the prior, which one with a joint density needs
   */
  static NeuralPosterior read(Path folder, Optional<Prior> given, Device device) {
    Path file = folder.resolve(SETTINGS_FILE);
    PosteriorSettings settings = StrictJson.read(file, PosteriorSettings.class);
    if (!settings.format().equals(FORMAT)) {
      throw new InvalidInputException(
          "%s: format must be %s but is %s".formatted(file, FORMAT, settings.format()));
    }
    if (settings.joint() && given.isEmpty()) {
      throw new InvalidInputException(
          file + ": its prior has a joint density, which no file holds: read it with that prior");
    }
    Prior prior = given.orElseGet(() -> new Prior(settings.prior()));
    if (!prior.parameters().equals(settings.prior())) {
      throw new InvalidInputException(
          "%s: it was trained with the parameters %s but the prior has %s"
              .formatted(file, settings.prior(), prior.parameters()));
    }
    Path weights = folder.resolve(WEIGHTS_FILE);
    Bijector bijector = settings.bijector().orElse(Bijector.PROBIT);
    ParameterDensity density = density(prior, bijector, weights, "", settings, device);
    return new NeuralPosterior(
        prior,
        settings,
        density,
        bijector.leaks(prior)
            ? Optional.of(density(prior, Bijector.PROBIT, weights, FALLBACK, settings, device))
            : Optional.empty());
  }

  private static ParameterDensity density(
      Prior prior,
      Bijector bijector,
      Path weights,
      String prefix,
      PosteriorSettings settings,
      Device device) {
    Ensemble ensemble = Ensemble.read(weights, prefix, settings.layout(), device);
    return new ParameterDensity(prior, bijector, ensemble);
  }
}
