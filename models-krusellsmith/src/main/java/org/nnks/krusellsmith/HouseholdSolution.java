package org.nnks.krusellsmith;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nnks.core.bellman.BellmanSolution;
import org.nnks.core.bellman.EquationError;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.Policies;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.statistics.Figure;
import org.nnks.core.statistics.LabelledArray;
import org.nnks.krusellsmith.rbc.RepresentativeSolution;

/**
 * Decisions of households, whatever found them.
 *
 * @param economy in which they live
 * @param rule what they decide
 * @param rules forecast rules, which a grid solver was given and a learned rule may not use
 * @param sweeps of the solver
 * @param change the solver's last change
 * @param converged whether it met the solver's tolerance
 */
public record HouseholdSolution(
    KrusellSmith economy,
    HouseholdRule rule,
    ForecastRules rules,
    int sweeps,
    double change,
    boolean converged)
    implements BellmanSolution {

  /** The name of the headline: the unit-free Euler error. */
  public static final String EULER = "Euler equation";

  /** The name of its logarithm. */
  public static final String LOG10_EULER = "log10 Euler equation";

  /** The name of the gap between two rules. */
  public static final String CONSUMPTION_GAP = RepresentativeSolution.CONSUMPTION_GAP;

  /** The name of the consumption-equivalent loss from following one rule among others. */
  public static final String WELFARE_LOSS = "welfare loss";

  /** Periods of a path, at equal distances, in which errors are measured. */
  private static final int SAMPLED = 20;

  @Override
  public Policies policies() {
    return () -> new HouseholdHistory(economy, rule, rules);
  }

  @Override
  public boolean followsRules() {
    return rule.followsForecasts();
  }

  /**
   * The errors of {@link HouseholdEulerError} in 20 periods: in levels, and the mean of their
   * decimal logarithm away from the borrowing limit.
   */
  @Override
  public Map<String, EquationError> errors(SimulatedPath path, int burnIn, Seeds seeds) {
    HouseholdEulerError error = new HouseholdEulerError(economy);
    sample(path, burnIn, households -> error.add(rule, households));
    Map<String, EquationError> errors = new LinkedHashMap<>();
    errors.put(
        EULER,
        new EquationError(
            "|c implied / c - 1| over households in %d periods".formatted(SAMPLED),
            error.points(),
            error.mean(),
            error.max(),
            error.bias()));
    errors.put(
        LOG10_EULER,
        new EquationError(
            "log10 |c implied / c - 1| over those away from the borrowing limit",
            error.points(),
            error.meanLog10(),
            Math.log10(error.max()),
            error.meanLog10()));
    return errors;
  }

  /**
   * |c / c of the other - 1| over households in 20 periods; and, if the path is long enough, the
   * {@link WelfareGap} of one household with this rule among those with the other's, whose points
   * are the thirds of wealth and whose bias is the gap over all households.
   */
  @Override
  public Map<String, EquationError> gaps(BellmanSolution other, SimulatedPath path, int from) {
    if (!(other instanceof HouseholdSolution that)) {
      return Map.of();
    }
    Gap gap = new Gap(economy, rule, that.rule);
    sample(path, from, gap::add);
    Map<String, EquationError> gaps = new LinkedHashMap<>();
    gaps.put(CONSUMPTION_GAP, gap.result());
    int forgotten = from + WelfareGap.settling(economy);
    if (path.periods() >= forgotten + WelfareGap.shortest(economy)) {
      int periods = Math.min(path.periods(), forgotten + WelfareGap.enough(economy));
      int[] states = Arrays.copyOf(path.stateArray(), periods);
      WelfareGap loss = WelfareGap.of(economy, rule, that.rule, states, from);
      gaps.put(
          WELFARE_LOSS,
          new EquationError(
              "share of consumption that makes good for deciding by this rule, over thirds of wealth in %d periods; its mean has a standard error of %.1e"
                  .formatted(loss.periods(), loss.standardError()),
              loss.thirds().size(),
              loss.thirds().map(Math::abs).mean(),
              loss.largest(),
              loss.mean()));
    }
    return gaps;
  }

  @Override
  public List<Figure> figures(SimulatedPath path, int burnIn) {
    return HouseholdFigures.of(economy, rule, path);
  }

  @Override
  public List<Figure> figuresBeside(
      SimulatedPath path, int burnIn, String name, BellmanSolution other, SimulatedPath otherPath) {
    return other instanceof HouseholdSolution that
        ? HouseholdFigures.beside(economy, rule, path, name, that.rule, otherPath)
        : figures(path, burnIn);
  }

  @Override
  public List<LabelledArray> arrays(SimulatedPath path, int burnIn) {
    return HouseholdFigures.arrays(economy, rule, path);
  }

  private interface Visitor {
    void visit(Households households);
  }

  /** Walks the path again with these decisions and visits households in some of its periods. */
  private void sample(SimulatedPath path, int from, Visitor visitor) {
    HouseholdDecisions decisions = new HouseholdDecisions(economy, rule);
    Households households = Households.start(economy, path.states().get(0));
    int stride = Math.max((path.periods() - from) / SAMPLED, 1);
    for (int t = 0; t + 1 < path.periods(); t++) {
      if (t >= from && (t - from) % stride == 0) {
        visitor.visit(households);
      }
      decisions.decide(households);
      households.advance(decisions.nextCapital(), path.states().get(t + 1));
    }
  }

  private static final class Gap {
    private final HouseholdDecisions ours;
    private final HouseholdDecisions theirs;
    private int points;
    private double mass;
    private double absolute;
    private double signed;
    private double max;

    Gap(KrusellSmith economy, HouseholdRule ours, HouseholdRule theirs) {
      this.ours = new HouseholdDecisions(economy, ours);
      this.theirs = new HouseholdDecisions(economy, theirs);
    }

    void add(Households households) {
      ours.decide(households);
      theirs.decide(households);
      for (int s = 0; s < ours.consumption().length; s++) {
        for (int i = 0; i < ours.consumption()[s].length; i++) {
          double weight = households.mass(s, i);
          if (weight < HouseholdEulerError.EMPTY) {
            continue;
          }
          double gap = ours.consumption()[s][i] / theirs.consumption()[s][i] - 1;
          points++;
          mass += weight;
          absolute += weight * Math.abs(gap);
          signed += weight * gap;
          max = Math.max(max, Math.abs(gap));
        }
      }
    }

    EquationError result() {
      return new EquationError(
          "|c / c of the other - 1| over households in %d periods".formatted(SAMPLED),
          points,
          absolute / mass,
          max,
          signed / mass);
    }
  }
}
