package org.nnks.sbi.sampling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.run.Seeds;

/** Where the chains of a {@link SliceSampler} are, and the batches they ask for. */
final class ChainState {

  /**
   * Jumps of a chain after each slice, which itself takes five to seven evaluations. From one of
   * two equally narrow modes to the other, in five dimensions, about one of nine is accepted.
   */
  private static final int JUMPS = 5;

  /** Offers to a chain in each step: R-hat of 400 draws is then content if one of five is taken. */
  private static final int OFFERS = 2;

  /** With offers, a step in so many has a slice, which takes ten times longer than two offers. */
  private static final int STEPS_A_SLICE = 5;

  /**
   * Points of a line that are asked for at once, each of which matters only if those before it do
   * not end the search. A third more points, but fewer batches: of a learned likelihood, those of
   * 50 points take two thirds of the time of those of 500.
   */
  private static final int AHEAD = 2;

  /** Intervals shrink by half on average: after so many they are of length zero in doubles. */
  private static final int SHRINKAGES = 1_000;

  private final LogDensity target;
  private final Offers offers;
  private final RandomGenerator random;
  private final double[][] x;
  private final double[] log;
  private double[] weights;
  private long evaluations;
  private long steps;

  ChainState(LogDensity target, Optional<Proposal> proposal, Matrix starts, Seeds seeds) {
    this.target = target;
    random = seeds.stream("slice sampling");
    RandomGenerator drawing = seeds.stream("offers");
    offers =
        proposal
            .map(q -> KernelProposal.refined(new Offers(q, this::evaluate, drawing), drawing))
            .orElse(null);
    x = starts.toRows();
    log = evaluate(x);
    for (int c = 0; c < log.length; c++) {
      if (log[c] == Double.NEGATIVE_INFINITY) {
        throw new InvalidInputException(
            "chain %d starts at %s, where the density is zero; start inside the support"
                .formatted(c, Arrays.toString(x[c])));
      }
    }
  }

  /** Keeps draws; directions come from where the chains are now. */
  Chains run(int draws, int thinning) {
    double[][] places = copy();
    double[][] kept = new double[x.length * draws][];
    for (int draw = 0; draw < draws; draw++) {
      for (int t = 0; t < thinning; t++) {
        step(places);
      }
      for (int c = 0; c < x.length; c++) {
        kept[c * draws + draw] = x[c].clone();
      }
    }
    return new Chains(x.length, Matrix.ofRows(kept), evaluations);
  }

  double[][] copy() {
    double[][] copy = new double[x.length][];
    Arrays.setAll(copy, c -> x[c].clone());
    return copy;
  }

  private double[] evaluate(double[][] points) {
    evaluations += points.length;
    return checked("log density", target, points);
  }

  /** Log densities of the points of each, all in one batch. */
  private double[][] evaluate(List<double[][]> points) {
    double[] values = evaluate(points.stream().flatMap(Arrays::stream).toArray(double[][]::new));
    double[][] each = new double[points.size()][];
    for (int i = 0, start = 0; i < each.length; start += each[i++].length) {
      each[i] = Arrays.copyOfRange(values, start, start + points.get(i).length);
    }
    return each;
  }

  /** Moves every chain along its slice and lets it jump, or take up offers. */
  void step(double[][] places) {
    if (offers == null) {
      slice(places);
      jump(places);
    } else {
      if (steps++ % STEPS_A_SLICE == 0) {
        slice(places);
        weights = offers.logWeights(x, log);
      }
      takeUp();
    }
  }

  /**
   * Lets every chain try its jumps: those from where it stands in one batch, and once more those
   * that are left when one succeeded. A difference and its opposite are equally likely, as the rule
   * of Metropolis asks.
   */
  private void jump(double[][] places) {
    int[] left = new int[x.length];
    Arrays.fill(left, JUMPS);
    List<Integer> open = IntStream.range(0, x.length).boxed().toList();
    while (!open.isEmpty()) {
      List<double[][]> points = new ArrayList<>();
      for (int c : open) {
        double[][] jumps = new double[left[c]][];
        Arrays.setAll(jumps, k -> Line.point(x[c], direction(places), 1));
        points.add(jumps);
      }
      double[][] values = evaluate(points);
      for (int k = 0; k < values.length; k++) {
        int c = open.get(k);
        boolean stays = true;
        for (int i = 0; i < values[k].length && stays; i++) {
          left[c]--;
          stays = !(values[k][i] > log[c] - exponential());
          if (!stays) {
            x[c] = points.get(k)[i];
            log[c] = values[k][i];
          }
        }
      }
      open = open.stream().filter(c -> left[c] > 0).toList();
    }
  }

  /** Offers every chain some draws of the proposal, one after the other. */
  private void takeUp() {
    for (int i = 0; i < OFFERS * x.length; i++) {
      int c = i % x.length;
      offers.next();
      if (offers.logWeight() > weights[c] - exponential()) {
        x[c] = offers.point();
        log[c] = offers.logTarget();
        weights[c] = offers.logWeight();
      }
    }
  }

  private void slice(double[][] places) {
    Line[] lines = new Line[x.length];
    for (int c = 0; c < lines.length; c++) {
      // The height of the slice: uniform under the density.
      double height = log[c] - exponential();
      lines[c] = new Line(x[c], direction(places), height, random);
    }
    stepOut(lines);
    List<Line> open = List.of(lines);
    for (int i = 0; i < SHRINKAGES && !open.isEmpty(); i += AHEAD) {
      List<double[][]> points = open.stream().map(l -> l.propose(AHEAD, random)).toList();
      double[][] values = evaluate(points);
      List<Line> rejected = new ArrayList<>();
      for (int k = 0; k < values.length; k++) {
        if (!open.get(k).take(points.get(k), values[k])) {
          rejected.add(open.get(k));
        }
      }
      open = rejected;
    }
    for (int c = 0; c < lines.length; c++) {
      if (lines[c].found() != null) {
        x[c] = lines[c].found();
        log[c] = lines[c].value();
      }
    }
  }

  /** Widens intervals, both ends in one batch, as long as an end lies in the slice. */
  private void stepOut(Line[] lines) {
    List<Line.End> open =
        Arrays.stream(lines)
            .flatMap(line -> Stream.of(line.lower(), line.upper()))
            .filter(Line.End::mayMove)
            .toList();
    while (!open.isEmpty()) {
      double[][] values = evaluate(open.stream().map(end -> end.next(AHEAD)).toList());
      List<Line.End> still = new ArrayList<>();
      for (int k = 0; k < values.length; k++) {
        if (open.get(k).move(values[k])) {
          still.add(open.get(k));
        }
      }
      open = still;
    }
  }

  private double[] direction(double[][] places) {
    int i = random.nextInt(places.length);
    int j = random.nextInt(places.length - 1);
    j += j >= i ? 1 : 0;
    double[] direction = new double[places[i].length];
    for (int k = 0; k < direction.length; k++) {
      direction[k] = places[i][k] - places[j][k];
    }
    return direction;
  }

  private double exponential() {
    return -Math.log1p(-random.nextDouble());
  }

  /** Log densities that are numbers, or minus infinity. */
  static double[] checked(String name, LogDensity density, double[][] points) {
    double[] result = density.at(Matrix.ofRows(points)).toArray();
    for (int i = 0; i < result.length; i++) {
      if (Double.isNaN(result[i]) || result[i] == Double.POSITIVE_INFINITY) {
        throw new InvalidInputException(
            "the %s at %s is %s; it must be a number, or minus infinity"
                .formatted(name, Arrays.toString(points[i]), result[i]));
      }
    }
    return result;
  }
}
