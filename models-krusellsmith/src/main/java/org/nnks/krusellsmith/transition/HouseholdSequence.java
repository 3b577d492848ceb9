package org.nnks.krusellsmith.transition;

import java.util.Optional;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.sequence.SequenceAgents;
import org.nnks.core.simulate.History;
import org.nnks.krusellsmith.HouseholdHistory;
import org.nnks.krusellsmith.HouseholdRule;
import org.nnks.krusellsmith.HouseholdSolution;
import org.nnks.krusellsmith.Households;
import org.nnks.krusellsmith.KrusellSmith;

/** Households along a path: the endogenous grid method period by period. */
public final class HouseholdSequence implements SequenceAgents {

  private final HouseholdSolution solution;
  private final KrusellSmith economy;
  private final EulerStep step;
  private final double[][] savings;

  /**
   * Households whose decisions start from a solution by rules.
   *
   * @param solution of the economy; stays open
   */
  public HouseholdSequence(HouseholdSolution solution) {
    this.solution = solution;
    economy = solution.economy();
    step = new EulerStep(economy, economy.aggregate());
    savings = new double[economy.states()][step.nodes()[0].length];
  }

  @Override
  public KrusellSmith economy() {
    return economy;
  }

  @Override
  public ForecastRules rules() {
    return solution.rules();
  }

  @Override
  public int size() {
    return step.size();
  }

  @Override
  public void start(int aggregateState, double[] moments, double[] values) {
    double mean = moments[0];
    Households households = Households.equal(economy, aggregateState, mean);
    solution.rule().nextCapital(households, step.nodes(), savings);
    double gross = economy.grossReturn(aggregateState, mean);
    step.values(aggregateState, gross, economy.wage(aggregateState, mean), savings, values);
  }

  @Override
  public void backward(
      int aggregateState, double[] moments, double[] prices, double[][] next, double[] values) {
    double gross = economy.grossReturn(aggregateState, moments[0]);
    step.expect(aggregateState, next);
    step.back(aggregateState, gross, economy.wage(aggregateState, moments[0]), values);
  }

  /** A history; its forecasts are those of the rules it started from, by which nobody decides. */
  @Override
  public History forward(Beliefs beliefs) {
    return new HouseholdHistory(economy, new BelievingRule(beliefs), solution.rules());
  }

  /** Losses are shares of consumption. */
  @Override
  public Optional<History> regretful(Beliefs beliefs, double[] losses) {
    BelievingRule rule = new BelievingRule(beliefs);
    rule.losses = losses;
    return Optional.of(new HouseholdHistory(economy, rule, solution.rules()));
  }

  @Override
  public String lossOf() {
    return "consumption";
  }

  /**
   * What households lose on average who save this much now, by rules, instead of what is best: the
   * integral between the two of what a unit more saved is worth, u'(c) by the Euler equation less
   * u'(c) by the budget. With log utility the mean over time of what single decisions lose is what
   * always deciding like this costs, as a share of consumption.
   */
  private double loss(Households households, double[][] capital, double[][] best) {
    int a = households.aggregateState();
    double mean = households.meanCapital();
    double gross = economy.grossReturn(a, mean);
    double wage = economy.wage(a, mean);
    double[][] theirs = new double[best.length][capital[0].length];
    solution.rule().nextCapital(households, capital, theirs);
    double lost = 0;
    for (int s = 0; s < best.length; s++) {
      double income = wage * economy.income(a, s);
      for (int i = 0; i < capital[s].length; i++) {
        double mass = households.mass(s, i);
        double apart = best[s][i] - theirs[s][i];
        if (mass > 0 && apart != 0) {
          double resources = gross * capital[s][i] + income;
          double middle = (best[s][i] + theirs[s][i]) / 2;
          double simpson =
              (worth(s, theirs[s][i], resources)
                      + 4 * worth(s, middle, resources)
                      + worth(s, best[s][i], resources))
                  / 6;
          lost += mass * apart * simpson;
        }
      }
    }
    return lost;
  }

  /** What a unit more of k' is worth, in utils. */
  private double worth(int s, double saved, double resources) {
    return 1 / step.consumption(s, saved) - 1 / (resources - saved);
  }

  /** Savings of households who believe in a path; asked once a period. */
  private final class BelievingRule implements HouseholdRule {

    private final Beliefs beliefs;
    private double[] losses;
    private int period;

    BelievingRule(Beliefs beliefs) {
      this.beliefs = beliefs;
    }

    @Override
    public void nextCapital(Households households, double[][] capital, double[][] nextCapital) {
      int a = households.aggregateState();
      double mean = households.meanCapital();
      step.expect(a, beliefs.next(period, new double[] {mean}));
      double gross = economy.grossReturn(a, mean);
      step.save(a, gross, economy.wage(a, mean), capital, nextCapital);
      if (losses != null) {
        losses[period] = loss(households, capital, nextCapital);
      }
      period++;
    }
  }
}
