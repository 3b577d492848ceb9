package org.nnks.core.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Vector;
import org.nnks.core.solve.Iteration;
import org.nnks.core.solve.Safeguard;
import org.nnks.core.solve.SolverState;

class CheckpointTest {

  @TempDir private Path folder;

  private static SolverState state(int iterations) {
    List<Iteration> history = new ArrayList<>();
    for (int i = 1; i <= iterations; i++) {
      history.add(new Iteration(i, Math.PI / i, Math.E / i, 70, 1e-9, 9e-8, 0, 20_000, .2, .8));
    }
    return new SolverState(
        ForecastRules.ofCoefficients(.1, .8, 1, -1 / 3.0),
        Vector.of(1, Double.MIN_VALUE),
        Optional.of(new Safeguard(2, 1 / 3.0, Vector.of(.1, -0.0), Vector.of(Math.PI, 1))),
        Map.of("b", new double[] {1 / 3.0, -0.0}, "a", new double[] {Math.E}),
        history);
  }

  @Test
  void readsBackTheSameBits() {
    Checkpoint checkpoint = new Checkpoint(folder.resolve("checkpoint"));
    assertThat(checkpoint.readLast()).isEmpty();
    checkpoint.write(state(3));
    SolverState read = checkpoint.readLast().orElseThrow();
    assertThat(read.rules()).isEqualTo(state(3).rules());
    assertThat(read.acceleration()).isEqualTo(state(3).acceleration());
    assertThat(read.safeguard()).isEqualTo(state(3).safeguard());
    assertThat(read.history()).isEqualTo(state(3).history());
    assertThat(read.bellman()).containsOnlyKeys("a", "b");
    assertThat(read.bellman().get("a")).containsExactly(Math.E);
    assertThat(read.bellman().get("b")).containsExactly(1 / 3.0, -0.0);
  }

  /** Written before steps could be taken back: without the key. */
  @Test
  void readsAnEarlierFormat() throws IOException {
    Checkpoint checkpoint = new Checkpoint(folder);
    checkpoint.write(state(1));
    Path json = folder.resolve("000001").resolve("state.json");
    String now = Files.readString(json);
    String earlier = now.replaceAll("(?s)\"safeguard\": \\{.*?\\},\\s*", "");
    assertThat(earlier).isNotEqualTo(now);
    Files.writeString(json, earlier);
    SolverState read = checkpoint.readLast().orElseThrow();
    assertThat(read.safeguard()).isEmpty();
    assertThat(read.rules()).isEqualTo(state(1).rules());
  }

  @Test
  void keepsTheLastOnly() throws IOException {
    Checkpoint checkpoint = new Checkpoint(folder);
    checkpoint.write(state(1));
    checkpoint.write(state(2));
    checkpoint.write(state(10));
    assertThat(checkpoint.readLast().orElseThrow().history()).hasSize(10);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(f -> f.getFileName().toString())).containsExactly("000010");
    }
  }

  @Test
  void refusesDamage() throws IOException {
    Checkpoint checkpoint = new Checkpoint(folder);
    checkpoint.write(state(1));
    Path arrays = folder.resolve("000001").resolve("bellman.npz");
    byte[] bytes = Files.readAllBytes(arrays);
    bytes[bytes.length / 2] ^= 1;
    Files.write(arrays, bytes);
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(checkpoint::readLast)
        .withMessageContaining("bellman.npz is damaged");
    Files.delete(arrays);
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(checkpoint::readLast)
        .withMessageContaining("bellman.npz is damaged");
  }

  @Test
  void ignoresOneThatWasNotFinished() throws IOException {
    Checkpoint checkpoint = new Checkpoint(folder);
    checkpoint.write(state(1));
    Path torn = Files.createDirectory(folder.resolve(".000002.x.tmp"));
    Files.writeString(torn.resolve("state.json"), "{");
    assertThat(checkpoint.readLast().orElseThrow().history()).hasSize(1);
    checkpoint.write(state(2));
    assertThat(checkpoint.readLast().orElseThrow().history()).hasSize(2);
    assertThat(torn).doesNotExist();
  }
}
