package org.nnks.cli.progress;

import java.io.PrintWriter;
import java.util.Locale;
import org.nnks.core.solve.Iteration;
import org.nnks.core.solve.SolverListener;
import org.nnks.ddpg.TrainingProgress;
import org.nnks.krusellsmith.projection.ProjectionProgress;

/**
 * Says what a solve is doing, how large its error is and how long it will take: one line that is
 * rewritten on a terminal, one line for each iteration elsewhere, nothing when quiet.
 */
public final class Progress implements SolverListener, LearningListener {

  /** How it speaks. */
  public enum Style {
    /** One line, rewritten. */
    TERMINAL,
    /** A line for each iteration. */
    PLAIN,
    /** Not at all. */
    QUIET
  }

  /** A narrow terminal: the line is cut and padded to it so that it covers its predecessor. */
  private static final int WIDTH = 79;

  /** A training of any length says where it stands this often: few lines, and no long silence. */
  private static final int TRAINING_REPORTS = 10;

  private static final double SECONDS_PER_MINUTE = 60;

  private final PrintWriter out;
  private final Style style;
  private final TimeLeft timeLeft = new TimeLeft();
  private String lastIteration = "";

  /** Progress on a stream. */
  public Progress(PrintWriter out, Style style) {
    this.out = out;
    this.style = style;
  }

  /** The style of this process: a terminal if both ends are one. */
  public static Style style(boolean quiet) {
    return quiet ? Style.QUIET : System.console() == null ? Style.PLAIN : Style.TERMINAL;
  }

  /** A part of the command begins. */
  public void part(String what) {
    switch (style) {
      case TERMINAL -> rewrite(what + " ...");
      case PLAIN -> line(what);
      case QUIET -> {}
    }
  }

  /** Clears the line, so that others can print. */
  public void done() {
    if (style == Style.TERMINAL) {
      rewrite("");
      out.print("\r");
      out.flush();
    }
  }

  @Override
  public void stepStarted(int iteration, String step) {
    timeLeft.start();
    if (style == Style.TERMINAL) {
      rewrite("iteration %d: %s%s".formatted(iteration, step, lastIteration));
    }
  }

  @Override
  public void iterationFinished(Iteration iteration, double tolerance) {
    String left = timeLeft.after(iteration, tolerance);
    String change = "rule change %.2e, to reach %.0e".formatted(iteration.ruleChange(), tolerance);
    lastIteration = " | " + change + left;
    if (style == Style.PLAIN) {
      boolean stopsByForecasts = iteration.forecastChange() == iteration.ruleChange();
      line(
          String.format(
              Locale.ROOT,
              "iteration %d: %s%s; agents %.1f s, simulation %.1f s, largest residual %.0e%s",
              iteration.number(),
              change,
              stopsByForecasts ? "" : "; of forecasts %.1e".formatted(iteration.forecastChange()),
              iteration.bellmanSeconds(),
              iteration.simulationSeconds(),
              iteration.largestResidual(),
              left));
    } else if (style == Style.TERMINAL) {
      rewrite("iteration %d done%s".formatted(iteration.number(), lastIteration));
    }
  }

  @Override
  public void stepShortened(int iteration, String reason) {
    if (style != Style.QUIET) {
      show("iteration %d again with a shorter step: %s".formatted(iteration, reason));
    }
  }

  @Override
  public void iteration(TrainingProgress training) {
    int share = Math.max(1, training.iterations() / TRAINING_REPORTS);
    if (style == Style.QUIET || style == Style.PLAIN && training.iteration() % share != 0) {
      return;
    }
    String text =
        String.format(
            Locale.ROOT,
            "training: iteration %d of %d; %s, mean capital %.4g",
            training.iteration(),
            training.iterations(),
            Double.isNaN(training.criticLoss())
                ? "the replay fills"
                : String.format(Locale.ROOT, "critic's loss %.1e", training.criticLoss()),
            training.meanCapital());
    show(text);
  }

  @Override
  public void projecting(ProjectionProgress projection) {
    if (style == Style.QUIET) {
      return;
    }
    show(
        String.format(
            Locale.ROOT,
            "projection: iteration %d of at most %d; change of log c %.1e, error %.1e",
            projection.iteration(),
            projection.iterations(),
            projection.change(),
            projection.error()));
  }

  private void show(String text) {
    if (style == Style.PLAIN) {
      line(text);
    } else {
      rewrite(text);
    }
  }

  private void line(String text) {
    out.println(text);
    out.flush();
  }

  private void rewrite(String text) {
    String cut = text.length() > WIDTH ? text.substring(0, WIDTH) : text;
    out.print("\r" + cut + " ".repeat(WIDTH - cut.length()));
    out.flush();
  }

  /** A duration as people say it. */
  public static String duration(double seconds) {
    return seconds < 2 * SECONDS_PER_MINUTE
        ? "%.0f s".formatted(seconds)
        : "%.0f min".formatted(seconds / SECONDS_PER_MINUTE);
  }
}
