package org.nnks.distributed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnks.core.io.InvalidInputException;
import org.nnks.sbi.Parameter;
import org.nnks.sbi.Prior;

class SweepTest {

  private static final long SEED = 3;

  /** x = -3, ..., 6: three kinds of failures, a value that does not exist, and limits not met. */
  private static final Sweep SWEEP = sweep(-3, 6, 10);

  @TempDir private Path folder;

  @BeforeEach
  void forgetEarlierSolves() {
    Parabola.SOLVED.clear();
  }

  private static Sweep sweep(double from, double to, int count) {
    return new Sweep(new Parabola("1"), Design.grid(List.of(new Axis("x", from, to, count)), SEED));
  }

  private static List<Row> run(Sweep sweep, Path path, String master, SweepListener listener)
      throws InterruptedException {
    try (SweepFolder results = SweepFolder.open(path, sweep);
        Cluster cluster = Cluster.open(Optional.of(master), List.of())) {
      return sweep.run(cluster, results, listener);
    }
  }

  @Test
  void failuresAreRows() throws Exception {
    run(SWEEP, folder, "local[2]", SweepListener.NONE);
    assertThat(Files.readAllLines(folder.resolve("points.csv")))
        .containsExactly(
            "point,seed,x,status,y,verdict",
            "1,3,-3,FAILED,,\"the point does not fit into the memory of a worker\"",
            "2,3,-2,FAILED,,\"its worker was lost each time that it was tried; see the worker's log\"",
            "3,3,-1,FAILED,,\"there is no \"\"y\"\" here, at all\"",
            "4,3,0,CONVERGED,,\"solved with the seed 3\"",
            "5,3,1,CONVERGED,1.0,\"solved with the seed 3\"",
            "6,3,2,CONVERGED,4.0,\"solved with the seed 3\"",
            "7,3,3,CONVERGED,9.0,\"solved with the seed 3\"",
            "8,3,4,CONVERGED,16.0,\"solved with the seed 3\"",
            "9,3,5,NOT_CONVERGED,25.0,\"solved with the seed 3\"",
            "10,3,6,NOT_CONVERGED,36.0,\"solved with the seed 3\"");
    assertThat(Files.readAllLines(folder.resolve("seconds.csv"))).hasSize(11);
  }

  @Test
  void theTableDoesNotDependOnTheWorkers() throws Exception {
    Prior prior = Prior.of(Parameter.normal("x", 1, 1));
    Sweep sweep =
        new Sweep(
            new Parabola("1"),
            new Design(List.of(new Axis("shift", 0, 1, 3)), Optional.of(prior), 20, SEED));
    run(sweep, folder.resolve("one"), "local[1]", SweepListener.NONE);
    run(sweep, folder.resolve("two"), "local[2]", SweepListener.NONE);
    assertThat(folder.resolve("two/points.csv"))
        .hasSameBinaryContentAs(folder.resolve("one/points.csv"));
    assertThat(Parabola.SOLVED).hasSize(60).containsValue(2).doesNotContainValue(1);
  }

  @Test
  void aStoppedSweepSolvesNoFinishedPointTwice() throws Exception {
    Sweep sweep = sweep(1, 40, 40);
    SweepListener stop =
        new SweepListener() {
          @Override
          public void finished(Row row, int finished, int size) {
            if (finished == 15) {
              throw new IllegalStateException("stopped on purpose");
            }
          }
        };
    assertThatThrownBy(() -> run(sweep, folder.resolve("stopped"), "local[2]", stop))
        .hasMessage("stopped on purpose");
    Set<Integer> written = pointFiles(folder.resolve("stopped/points"));
    assertThat(written).hasSize(15);
    assertThat(folder.resolve("stopped/points.csv")).doesNotExist();
    Map<Integer, Integer> before = new HashMap<>(Parabola.SOLVED);

    run(sweep, folder.resolve("stopped"), "local[1]", SweepListener.NONE);
    assertThat(written)
        .allSatisfy(point -> assertThat(Parabola.SOLVED.get(point)).isEqualTo(before.get(point)));
    assertThat(Parabola.SOLVED).hasSize(40);
    Map<Integer, Integer> complete = new HashMap<>(Parabola.SOLVED);

    run(sweep, folder.resolve("stopped"), "local[1]", SweepListener.NONE);
    assertThat(Parabola.SOLVED).isEqualTo(complete);

    run(sweep, folder.resolve("whole"), "local[2]", SweepListener.NONE);
    assertThat(folder.resolve("stopped/points.csv"))
        .hasSameBinaryContentAs(folder.resolve("whole/points.csv"));
  }

  private static Set<Integer> pointFiles(Path points) throws Exception {
    try (var files = Files.list(points)) {
      return files
          .map(file -> Integer.valueOf(file.getFileName().toString().replace(".json", "")))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private record EndsTheCluster(Runnable close) implements SweepListener {
    @Override
    public void finished(Row row, int finished, int size) {
      close.run();
    }
  }

  @Test
  void aLostClusterIsNoFailureOfItsPoints() throws Exception {
    Sweep sweep = sweep(1, 99, 99);
    try (SweepFolder results = SweepFolder.open(folder, sweep);
        Cluster cluster = Cluster.open(Optional.of("local[1]"), List.of())) {
      SweepListener end = new EndsTheCluster(cluster::close);
      assertThatThrownBy(() -> sweep.run(cluster, results, end))
          .isInstanceOf(ClusterLostException.class);
    }
    assertThat(pointFiles(folder.resolve("points"))).hasSizeLessThan(99);
    List<Row> rows = run(sweep, folder, "local[1]", SweepListener.NONE);
    assertThat(rows)
        .extracting(row -> row.outcome().status())
        .doesNotContain(PointOutcome.Status.FAILED);
  }

  @Test
  void pointsAreCheckedBeforeAnyIsSolved() {
    assertThatThrownBy(() -> sweep(99, 101, 3).check())
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("point 3 (x=101): x must be at most 100 but is 101.0");
    Sweep misspelt =
        new Sweep(new Parabola("1"), Design.grid(List.of(new Axis("shfit", 0, 1, 2)), SEED));
    assertThatThrownBy(misspelt::check)
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("the model has no parameter 'shfit'; the nearest valid parameter is 'shift'");
  }

  @Test
  void aFolderHoldsOneSweep() throws Exception {
    SweepFolder.open(folder.resolve("a"), SWEEP).close();
    SweepFolder.open(folder.resolve("a"), SWEEP).close();
    refused(
        folder.resolve("a"), sweep(-3, 7, 10), "another sweep, with \"to\": 6.0 where this one");
    refused(
        folder.resolve("a"),
        new Sweep(new Parabola("2"), SWEEP.design()),
        "with \"version\": \"1\" where this one has \"version\": \"2\":");
    try (SweepFolder open = SweepFolder.open(folder.resolve("a"), SWEEP)) {
      refused(folder.resolve("a"), SWEEP, "another process is writing to");
      assertThat(open.finished()).isEmpty();
    }
    Files.createDirectory(folder.resolve("b"));
    Files.writeString(folder.resolve("b/notes.txt"), "mine");
    refused(folder.resolve("b"), SWEEP, "is not empty and holds no sweep");
    refused(folder.resolve("b/notes.txt"), SWEEP, "is a file, not a folder");
  }

  private static void refused(Path path, Sweep sweep, String why) {
    assertThatThrownBy(() -> SweepFolder.open(path, sweep).close())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(why);
  }
}
