package org.nnks.cli.report;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.nnks.cli.report.Canvas.Anchor;
import org.nnks.core.numeric.Vector;
import org.nnks.sbi.Draws;

/**
 * Marginals on the diagonal, pairs below it. Every panel spans the draws; lines mark true values.
 * Liu (2024), Figure 6.
 *
 * @param draws of the posterior
 * @param truth the true parameters, if known
 */
record CornerPlot(Draws draws, Optional<Vector> truth) implements Drawing {

  private static final int PANEL = 120;
  private static final int GAP = 10;
  private static final int LEFT = 64;
  private static final int BELOW = 40;
  private static final int BARS = 30;
  private static final int CELLS = 24;
  private static final int TICKS = 2;
  private static final double TICK = 10;
  private static final double NAME = 12;
  private static final double SPACE = 4;

  /** Of the panel, the highest bar. */
  private static final double HIGHEST = .95;

  /** Okabe and Ito (2008). */
  private static final int BLUE = 0x0072B2;

  private static final int RED = 0xD55E00;
  private static final int FRAME = 0x999999;
  private static final double THIN = 1;

  @Override
  public int width() {
    return LEFT + draws.names().size() * (PANEL + GAP);
  }

  @Override
  public int height() {
    return GAP + draws.names().size() * (PANEL + GAP) + BELOW;
  }

  @Override
  public String description() {
    return "Posterior draws: marginals and pairs";
  }

  @Override
  public boolean empty() {
    return draws.size() == 0;
  }

  @Override
  public void draw(Canvas canvas) {
    int d = draws.names().size();
    List<double[]> columns =
        draws.names().stream().map(name -> draws.column(name).toArray()).toList();
    List<Scale> scales = columns.stream().map(c -> Scale.of(DoubleStream.of(c), false, 0)).toList();
    for (int row = 0; row < d; row++) {
      for (int column = 0; column <= row; column++) {
        double x = LEFT + (double) column * (PANEL + GAP);
        double y = GAP + (double) row * (PANEL + GAP);
        if (row == column) {
          marginal(canvas, x, y, columns.get(row), scales.get(row));
        } else {
          pair(canvas, x, y, columns, scales, column, row);
        }
        mark(canvas, x, y, scales, column, row);
        outline(canvas, x, y);
        if (row == d - 1) {
          across(canvas, x, y + PANEL, draws.names().get(column), scales.get(column));
        }
        if (column == 0 && row > 0) {
          up(canvas, x, y, draws.names().get(row), scales.get(row));
        }
      }
    }
  }

  private static void marginal(Canvas canvas, double x, double y, double[] values, Scale scale) {
    int[] counts = new int[BARS];
    for (double value : values) {
      counts[bin(value, scale, BARS)]++;
    }
    int most = Arrays.stream(counts).max().orElse(1);
    double width = (double) PANEL / BARS;
    for (int i = 0; i < BARS; i++) {
      double height = HIGHEST * PANEL * counts[i] / most;
      rectangle(canvas, x + i * width, y + PANEL - height, width, height, BLUE);
    }
  }

  private static void pair(
      Canvas canvas,
      double x,
      double y,
      List<double[]> columns,
      List<Scale> scales,
      int column,
      int row) {
    double[] across = columns.get(column);
    double[] up = columns.get(row);
    int[] counts = new int[CELLS * CELLS];
    for (int i = 0; i < across.length; i++) {
      counts[
          bin(up[i], scales.get(row), CELLS) * CELLS + bin(across[i], scales.get(column), CELLS)]++;
    }
    int most = Arrays.stream(counts).max().orElse(1);
    double width = (double) PANEL / CELLS;
    for (int c = 0; c < counts.length; c++) {
      if (counts[c] > 0) {
        double top = y + PANEL - (c / CELLS + 1) * width;
        int colour = paler(Math.sqrt((double) counts[c] / most));
        rectangle(canvas, x + c % CELLS * width, top, width, width, colour);
      }
    }
  }

  /** Blue on white paper. */
  private static int paler(double opacity) {
    int colour = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int part = (int) Math.round(255 - opacity * (255 - (BLUE >> shift & 0xFF)));
      colour |= part << shift;
    }
    return colour;
  }

  private void mark(Canvas canvas, double x, double y, List<Scale> scales, int column, int row) {
    truth.ifPresent(
        t -> {
          double at = x + PANEL * position(t.get(column), scales.get(column));
          line(canvas, at, at, y, y + PANEL, RED);
          if (column != row) {
            double level = y + PANEL * (1 - position(t.get(row), scales.get(row)));
            line(canvas, x, x + PANEL, level, level, RED);
          }
        });
  }

  private static void outline(Canvas canvas, double x, double y) {
    canvas.line(
        new double[] {x, x + PANEL, x + PANEL, x, x},
        new double[] {y, y, y + PANEL, y + PANEL, y},
        FRAME,
        THIN,
        false);
  }

  private static void across(Canvas canvas, double x, double bottom, String name, Scale scale) {
    for (Scale.Tick tick : scale.ticks(TICKS)) {
      double at = PANEL * scale.position(tick.value());
      double half = Helvetica.width(tick.label(), TICK) / 2;
      if (at - half >= -SPACE && at + half <= PANEL + SPACE) {
        line(canvas, x + at, x + at, bottom, bottom + SPACE, FRAME);
        canvas.text(x + at, bottom + SPACE + TICK, TICK, Anchor.MIDDLE, false, tick.label());
      }
    }
    double below = bottom + 2 * SPACE + TICK + NAME;
    canvas.text(x + PANEL / 2.0, below, NAME, Anchor.MIDDLE, false, name);
  }

  private static void up(Canvas canvas, double x, double y, String name, Scale scale) {
    for (Scale.Tick tick : scale.ticks(TICKS)) {
      double at = y + PANEL * (1 - scale.position(tick.value()));
      line(canvas, x - SPACE, x, at, at, FRAME);
      canvas.text(x - 2 * SPACE, at + TICK / 3, TICK, Anchor.END, false, tick.label());
    }
    canvas.text(NAME, y + PANEL / 2.0, NAME, Anchor.MIDDLE, true, name);
  }

  private static void line(Canvas canvas, double x1, double x2, double y1, double y2, int colour) {
    canvas.line(new double[] {x1, x2}, new double[] {y1, y2}, colour, THIN, false);
  }

  private static void rectangle(
      Canvas canvas, double x, double y, double width, double height, int colour) {
    canvas.area(
        new double[] {x, x + width, x + width, x},
        new double[] {y, y, y + height, y + height},
        colour);
  }

  /** From 0 to 1, held at the ends: a truth outside of the draws stands at the border. */
  private static double position(double value, Scale scale) {
    return Math.min(Math.max(scale.position(value), 0), 1);
  }

  private static int bin(double value, Scale scale, int bins) {
    return Math.min((int) (bins * position(value, scale)), bins - 1);
  }
}
