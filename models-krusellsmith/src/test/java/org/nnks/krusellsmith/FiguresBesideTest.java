package org.nnks.krusellsmith;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.EconomySimulator;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.statistics.Figure;
import org.nnks.krusellsmith.rbc.LogLinearConsumption;
import org.nnks.krusellsmith.rbc.Rbc;
import org.nnks.krusellsmith.rbc.RbcCalibration;
import org.nnks.krusellsmith.rbc.RbcEndogenousGrid;
import org.nnks.krusellsmith.rbc.RbcRule;
import org.nnks.krusellsmith.rbc.RepresentativeAgent;
import org.nnks.krusellsmith.rbc.RepresentativeSolution;

/** Plots with the lines of two solutions in them: Liu (2024) Figures 2 to 4. */
class FiguresBesideTest {

  /** The last figure, which compares with a line of its own. */
  private static final int LORENZ = 3;

  @Test
  void householdsStandBesideThoseOfAnotherSolution() {
    KrusellSmithCalibration liu = KrusellSmithCalibration.liu2024();
    KrusellSmith economy =
        new KrusellSmith(
            liu.withProductivity(liu.productivity().withStates(3))
                .withLabour(liu.labour().withStates(5))
                .withHistogramNodes(100));
    int[] states = economy.aggregate().simulate(1, 60, new Seeds(1).stream("test"));
    try (GridHouseholds coarse = new GridHouseholds(economy, 20, 4);
        GridHouseholds fine = new GridHouseholds(economy, 60, 5)) {
      HouseholdSolution ours = coarse.solve(coarse.coldStart());
      HouseholdSolution theirs = fine.solve(fine.coldStart());
      SimulatedPath path = new EconomySimulator().simulate(ours.policies(), states);
      SimulatedPath other = new EconomySimulator().simulate(theirs.policies(), states);
      List<Figure> alone = ours.figures(path, 10);
      List<Figure> both = ours.figuresBeside(path, 10, "exact", theirs, other);

      assertThat(both).hasSameSizeAs(alone);
      assertThat(alone.get(1).lines()).hasSize(5);
      for (int f = 0; f < both.size(); f++) {
        assertThat(both.get(f).title()).isEqualTo(alone.get(f).title());
        boolean distribution = f == 0 || f == LORENZ;
        List<Figure.Line> lines = both.get(f).lines();
        if (f == LORENZ) {
          assertThat(lines.get(2).name()).isEqualTo("equality");
          lines = lines.subList(0, 2);
        }
        int half = lines.size() / 2;
        assertThat(half).isEqualTo(distribution ? 1 : 3);
        for (int i = 0; i < half; i++) {
          Figure.Line ourLine = lines.get(i);
          Figure.Line theirLine = lines.get(half + i);
          assertThat(ourLine.dashed()).isFalse();
          assertThat(theirLine.dashed()).isTrue();
          assertThat(theirLine.name())
              .isEqualTo(distribution ? "exact" : "exact, " + ourLine.name());
          if (f != LORENZ) {
            assertThat(theirLine.x()).isEqualTo(ourLine.x());
          }
          assertThat(theirLine.y()).isNotEqualTo(ourLine.y());
        }
      }
      // The other's decisions are those at this run's prices and distribution.
      Households last = Households.of(economy, states[59], path.finalAgents());
      HouseholdDecisions decisions = new HouseholdDecisions(economy, theirs.rule());
      decisions.decide(last);
      Figure.Line highest = both.get(1).lines().get(5);
      assertThat(highest.y())
          .isEqualTo(Vector.of(decisions.consumption()[4]).slice(0, highest.x().size()));
    }
  }

  @Test
  void theRepresentativeAgentStandsBesideAnother() {
    Rbc economy = new Rbc(RbcCalibration.liu2024Simulated());
    RepresentativeSolution exact =
        new RepresentativeAgent(economy, RbcEndogenousGrid.standard()::solve)
            .solve(LogLinearConsumption.of(economy).rules());
    RbcRule logLinear = LogLinearConsumption.of(economy);
    RepresentativeSolution ours =
        new RepresentativeSolution(economy, logLinear, exact.rules(), 0, 0, true);
    List<Figure> both = ours.figuresBeside(null, 0, "exact", exact, null);

    for (Figure figure : both) {
      assertThat(figure.lines()).hasSize(6);
      assertThat(figure.lines().get(2).dashed()).isFalse();
      assertThat(figure.lines().get(3).dashed()).isTrue();
      assertThat(figure.lines().get(3).name()).isEqualTo("exact, " + figure.lines().get(0).name());
    }
    double k = both.get(0).lines().get(4).x().get(7);
    assertThat(both.get(0).lines().get(4).y().get(7)).isEqualTo(exact.rule().consumption(3, k));
  }
}
