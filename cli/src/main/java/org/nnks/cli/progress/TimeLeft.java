package org.nnks.cli.progress;

import org.nnks.core.solve.Iteration;

/**
 * Guesses how long a solve still takes: the logarithm of the rule change is taken to fall by the
 * same amount each iteration, and iterations to take as long as the last.
 */
final class TimeLeft {

  private long begin = System.nanoTime();
  private boolean running;
  private int firstNumber;
  private double firstLog;

  /** A step begins; the first of an iteration starts the clock. */
  void start() {
    if (!running) {
      begin = System.nanoTime();
      running = true;
    }
  }

  /** What to append after an iteration; empty if nothing can be said. */
  String after(Iteration iteration, double tolerance) {
    double seconds = (System.nanoTime() - begin) * 1e-9;
    running = false;
    double log = Math.log(iteration.ruleChange());
    if (firstNumber == 0) {
      firstNumber = iteration.number();
      firstLog = log;
      return "";
    }
    double fall = (firstLog - log) / (iteration.number() - firstNumber);
    double remaining = Math.ceil((log - Math.log(tolerance)) / fall);
    if (!(fall > 0 && remaining > 0)) {
      return "";
    }
    return "; about %s left".formatted(Progress.duration(remaining * seconds));
  }
}
