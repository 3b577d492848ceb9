package org.nnks.cli.progress;

import java.util.function.IntConsumer;

/** Says how many of many equal pieces of work are done, and how long the rest will take. */
public final class Countdown implements IntConsumer {

  /** How often it speaks: often enough to show life, seldom enough for a log. */
  private static final int STEPS = 20;

  private final Progress progress;
  private final String pieces;
  private final int total;
  private final long begin = System.nanoTime();

  /** A countdown of so many pieces; time runs from now on. */
  public Countdown(Progress progress, String pieces, int total) {
    this.progress = progress;
    this.pieces = pieces;
    this.total = total;
  }

  @Override
  public void accept(int done) {
    long step = (long) done * STEPS / total;
    if (step == (long) (done - 1) * STEPS / total) {
      return;
    }
    double seconds = (System.nanoTime() - begin) * 1e-9;
    progress.part(
        "%d of %d %s; about %s left"
            .formatted(done, total, pieces, Progress.duration(seconds * (total - done) / done)));
  }
}
