package org.nnks.sbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;

/**
 * Files of version 0.1 are read, and mean the same. The numbers were printed by the process that
 * wrote the files; the tolerance allows for another processor's order of sums.
 */
class GoldenFileTest {

  private static final double TOLERANCE = 1e-9;
  private static final Device CPU = Device.cpu();
  private static final Matrix THETA = Matrix.of(2, 2, 0.7, 0.35, 0.6, 0.5);

  private static Path golden() {
    try {
      return Path.of(GoldenFileTest.class.getResource("golden-0.1/posterior.json").toURI())
          .getParent();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void thePosteriorHasItsDensityAndDraws() {
    Data data = Data.of(Matrix.of(4, 2, .1, .2, .3, -.1, .2, .2, -.3, .1));
    try (NeuralPosterior posterior = NeuralPosterior.read(golden(), CPU)) {
      assertThat(posterior.given(data).logDensity(THETA).toArray())
          .containsExactly(
              new double[] {2.3754639748985613, 1.3197138762721883}, within(TOLERANCE));
      assertThat(posterior.given(data).sample(2, new Seeds(1).stream("golden")).values().toArray())
          .containsExactly(
              new double[] {
                0.6435495132360516, 0.2113282813729589, 0.501175857136965, 0.38495804193534416
              },
              within(TOLERANCE));
    }
  }

  @Test
  void theLikelihoodHasItsDensity() {
    try (NeuralLikelihood likelihood = NeuralLikelihood.read(golden(), CPU)) {
      assertThat(likelihood.logDensity(Data.vector(.6, .3), THETA).toArray())
          .containsExactly(
              new double[] {0.6139830105426638, 0.7546374330463372}, within(TOLERANCE));
    }
  }

  @Test
  void theSimulationsKeepTheirMasks() {
    Simulations simulations = Simulations.read(golden().resolve("simulations.npz"));
    assertThat(simulations.names()).containsExactly("rho", "sigma");
    assertThat(simulations.shape()).isEqualTo(new DataShape(4, 2));
    assertThat(simulations.size()).isEqualTo(5);
  }

  @Test
  void aLaterFormatIsRefusedByName(@TempDir Path folder) throws IOException {
    for (String name : new String[] {"posterior.json", "posterior.npz"}) {
      Files.copy(golden().resolve(name), folder.resolve(name));
    }
    Path settings = folder.resolve("posterior.json");
    Files.writeString(settings, Files.readString(settings).replace("posterior-1", "posterior-9"));
    assertThatThrownBy(() -> NeuralPosterior.read(folder, CPU))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("format must be nnks-neural-posterior-1");
  }
}
