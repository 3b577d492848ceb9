package org.nnks.ddpg.solve;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.nnks.core.bellman.BellmanSolution;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.statistics.Figure;
import org.nnks.ddpg.DdpgListener;
import org.nnks.ddpg.Learner;

/**
 * Reinforcement learning as the solver of the agents' problem in the Krusell-Smith loop. Learned
 * agents know the law of motion from the economies they lived in, so forecast rules change nothing:
 * the first solve trains, later ones give the same decisions, and the loop only fits rules to their
 * history. Simulation, accuracy and reports are those of every other method. Not thread-safe.
 *
 * <p>The change of a solution is {@link Learner#movement}: whether the policy still moves. It does
 * not say that it is optimal, which its Euler errors do.
 *
 * <p>A state holds the whole learner, at any iteration, so that a restored one goes on bit by bit.
 *
 * @param <R> the type of decision rules
 */
public final class LearningSolver<R> implements BellmanSolver {

  /**
   * The policy's movement, in log c, up to which a training counts as settled: a change of
   * consumption of that size makes an Euler error of 1e-3, which is the project's limit for their
   * mean.
   */
  public static final double SETTLED = 1e-3;

  /**
   * The first point of the learning curve after the one before all iterations; each next one comes
   * after so many times as many iterations, and the last at the end.
   */
  private static final int FIRST_POINT = 500;

  private static final double NEXT_POINT = 1.5;

  private static final String TRAINED = "solver.trained";
  private static final String CURVE = "solver.curve";
  private static final double NANO = 1e-9;

  /** Makes a solution of a rule. */
  interface Solved<R> {
    BellmanSolution of(R rule, ForecastRules rules, int steps, double change, boolean met);
  }

  private final Learner learner;
  private final Supplier<R> reported;
  private final Yardstick<R> yardstick;
  private final Solved<R> solved;
  private final Function<BellmanSolution, R> ruleOf;
  private final ForecastRules coldStart;
  private final DdpgListener listener;
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private LearningCurve curve;
  private double seconds;
  private boolean trained;
  private double change = Double.POSITIVE_INFINITY;

  LearningSolver(
      Learner learner,
      Supplier<R> reported,
      Yardstick<R> yardstick,
      Solved<R> solved,
      Function<BellmanSolution, R> ruleOf,
      ForecastRules coldStart,
      DdpgListener listener) {
    this.learner = learner;
    this.reported = reported;
    this.yardstick = yardstick;
    this.solved = solved;
    this.ruleOf = ruleOf;
    this.coldStart = coldStart;
    this.listener = listener;
    curve = new LearningCurve(List.of(), yardstick.error());
  }

  @Override
  public BellmanSolution solve(ForecastRules rules) {
    int steps = 0;
    if (!trained) {
      long before = learner.iteration();
      train();
      steps = (int) (learner.iteration() - before);
      change = learner.movement();
      trained = true;
    }
    return solution(rules, steps);
  }

  private void train() {
    if (learner.iteration() == 0) {
      read();
    }
    long next = nextPoint();
    while (learner.iteration() < learner.iterations()) {
      long start = threads.getCurrentThreadCpuTime();
      var progress = learner.iterate();
      seconds += NANO * (threads.getCurrentThreadCpuTime() - start);
      if (learner.iteration() == next || learner.iteration() == learner.iterations()) {
        read();
        next = nextPoint();
      }
      listener.iteration(progress);
    }
  }

  private long nextPoint() {
    long last = curve.points().get(curve.points().size() - 1).iteration();
    return Math.max(FIRST_POINT, (long) Math.ceil(NEXT_POINT * last));
  }

  private void read() {
    curve =
        curve.and(
            new LearningCurve.Point(learner.iteration(), seconds, yardstick.read(reported.get())));
  }

  @Override
  public BellmanSolution current(ForecastRules rules) {
    return solution(rules, 0);
  }

  private BellmanSolution solution(ForecastRules rules, int steps) {
    return solved.of(reported.get(), rules, steps, change, change <= SETTLED);
  }

  /** What is decided now. */
  public R rule() {
    return reported.get();
  }

  /** How good that was in the course of the training. */
  public LearningCurve curve() {
    return curve;
  }

  /**
   * The curve as plots, with the exact solution's line.
   *
   * @param exact a solution of the same economy by another method
   */
  public List<Figure> figures(BellmanSolution exact) {
    return curve.figures(exact(exact));
  }

  /** What another solution of the same economy reads on the yardstick of the curve. */
  public Reading exact(BellmanSolution other) {
    return yardstick.read(ruleOf.apply(other));
  }

  /** The learner. */
  public Learner learner() {
    return learner;
  }

  @Override
  public Map<String, double[]> state() {
    Map<String, double[]> state = new TreeMap<>(learner.state());
    state.put(TRAINED, new double[] {trained ? 1 : 0, change, seconds});
    state.put(CURVE, curve.numbers());
    return state;
  }

  @Override
  public void restore(Map<String, double[]> state) {
    learner.restore(state);
    double[] progress = state.get(TRAINED);
    if (progress != null) {
      trained = progress[0] != 0;
      change = progress[1];
      seconds = progress[2];
      curve = curve.ofNumbers(state.getOrDefault(CURVE, new double[0]));
    }
  }

  @Override
  public ForecastRules coldStart() {
    return coldStart;
  }

  @Override
  public void close() {
    learner.close();
  }
}
