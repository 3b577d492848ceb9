package org.nnks.distributed;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.nnks.core.io.InvalidInputException;

/**
 * One model at all points of a design.
 *
 * @param model what solves a point
 * @param design the points
 */
public record Sweep(SweepModel model, Design design) {

  /**
   * Points given to the cluster at a time, at least: workers may join after the sweep began, and a
   * waiting point costs the driver one idle thread.
   */
  private static final int MIN_WINDOW = 64;

  /** Twice the workers: the next point waits where the last one ends. */
  private static final int WINDOW_FACTOR = 2;

  /**
   * Checks all points before any is solved.
   *
   * @throws InvalidInputException if a parameter is unknown, or lies outside of its domain
   */
  public void check() {
    design.requireNames(model.parameters());
    for (Point point : design.points()) {
      try {
        model.check(point);
      } catch (InvalidInputException e) {
        throw new InvalidInputException("%s: %s".formatted(point, e.getMessage()), e);
      }
    }
  }

  /**
   * Solves the points that have no row yet, writes a row for each as it comes, and then the tables.
   *
   * @return all rows, those of earlier jobs included, sorted by point
   * @throws ClusterLostException if the cluster ends before the sweep
   * @throws InterruptedException if this thread is interrupted
   */
  public List<Row> run(Cluster cluster, SweepFolder folder, SweepListener listener)
      throws InterruptedException {
    Set<Integer> done = folder.finished();
    List<Point> open =
        design.points().stream().filter(point -> !done.contains(point.number())).toList();
    listener.started(done.size(), design.size());
    if (!open.isEmpty()) {
      solve(cluster, open, folder, listener, done.size());
    }
    return folder.writeTables(design);
  }

  private void solve(
      Cluster cluster,
      List<Point> open,
      SweepFolder folder,
      SweepListener listener,
      int finishedBefore)
      throws InterruptedException {
    int window = Math.min(open.size(), Math.max(MIN_WINDOW, WINDOW_FACTOR * cluster.parallelism()));
    ExecutorService waiting = Executors.newFixedThreadPool(window);
    try {
      CompletionService<Row> rows = new ExecutorCompletionService<>(waiting);
      for (Point point : open) {
        rows.submit(() -> cluster.solve(model, point));
      }
      for (int i = 1; i <= open.size(); i++) {
        Row row = rows.take().get();
        folder.write(row);
        listener.finished(row, finishedBefore + i, design.size());
      }
    } catch (ExecutionException e) {
      throw unwrapped(e);
    } finally {
      waiting.shutdownNow();
      cluster.cancel();
    }
  }

  private static RuntimeException unwrapped(ExecutionException e) {
    return e.getCause() instanceof RuntimeException cause
        ? cause
        : new ClusterLostException(String.valueOf(e.getCause().getMessage()), e);
  }
}
