package org.nnks.core.economy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nnks.core.agents.StationaryEquilibrium;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.numeric.Grid;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.projection.ProjectionSolver;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.EconomySimulator;
import org.nnks.core.simulate.SimulatedPath;

/** One moment more, against sums over the distribution of agents. */
class SecondMomentTest {

  private static final int PERIODS = 40;

  private final DeclaredEconomy plain = TaxedFirms.of(.02);
  private final Grid grid = plain.states().get(0).grid();

  /** Masses that differ by own state and capital. */
  private Matrix agents() {
    int own = plain.own().size();
    double[][] mass = new double[own][grid.size()];
    double sum = 0;
    for (int e = 0; e < own; e++) {
      for (int i = 0; i < grid.size(); i++) {
        mass[e][i] = 1 + e + (i % 3);
        sum += mass[e][i];
      }
    }
    for (double[] row : mass) {
      double all = sum;
      Arrays.setAll(row, i -> row[i] / all);
    }
    return Matrix.ofRows(mass);
  }

  private double mean(Matrix agents) {
    double mean = 0;
    for (int e = 0; e < agents.rows(); e++) {
      for (int i = 0; i < agents.columns(); i++) {
        mean += agents.get(e, i) * grid.get(i);
      }
    }
    return mean;
  }

  private double squares(Matrix agents, double around) {
    double squares = 0;
    for (int e = 0; e < agents.rows(); e++) {
      for (int i = 0; i < agents.columns(); i++) {
        squares += agents.get(e, i) * Math.pow((grid.get(i) - around) / around, 2);
      }
    }
    return squares;
  }

  /** All but the moment and where it starts, and what follows. */
  @Test
  void nothingElseIsChanged() throws ReflectiveOperationException {
    DeclaredEconomy economy =
        SecondMoment.of(plain, agents(), StationaryEquilibrium.coldStart(plain));
    List<String> changed = List.of("moments", "initial", "coldStart", "check", "variables");
    for (Method method : DeclaredEconomy.class.getMethods()) {
      if (method.getParameterCount() == 0 && !changed.contains(method.getName())) {
        assertThat(method.invoke(economy)).as(method.getName()).isEqualTo(method.invoke(plain));
      }
    }
    for (Branch branch : plain.branches()) {
      assertThat(economy.payoff(branch)).isEqualTo(plain.payoff(branch));
      assertThat(economy.next(branch)).isEqualTo(plain.next(branch));
      assertThat(economy.contributions(branch)).isEqualTo(plain.contributions(branch));
    }
    assertThat(economy.label("K")).isEqualTo(plain.label("K"));
    assertThat(economy.variables().moments()).containsExactly("K", SecondMoment.NAME);
  }

  @Test
  void theMomentOfAPathIsThatOfItsDistribution() {
    Matrix agents = agents();
    ForecastRules rules = StationaryEquilibrium.coldStart(plain);
    DeclaredEconomy economy = SecondMoment.of(plain, agents, rules);
    economy.check();
    double average = squares(agents, mean(agents));
    assertThat(economy.initial().moments().get(1)).isCloseTo(average, within(1e-12));
    ForecastRules start = economy.coldStart().orElseThrow();
    assertThat(start.nextMoments(0, 1.1, 7)[0]).isEqualTo(rules.nextMoments(0, 1.1)[0]);
    assertThat(start.nextMoments(0, 1.1, 7)[1]).isCloseTo(average, within(1e-12));
    Seeds seeds = new Seeds(1);
    int[] shocks = economy.aggregate().simulate(0, PERIODS, seeds.stream("aggregate"));
    try (ProjectionSolver solver = new ProjectionSolver(economy, Device.cpu(), seeds)) {
      SimulatedPath path = new EconomySimulator().simulate(solver.solve(start).policies(), shocks);
      double last = path.nextMoments().get(1).get(PERIODS - 1);
      double counted = squares(path.finalAgents(), mean(agents));
      // The path adds up where agents go, the histogram spreads each over two nodes.
      assertThat(last).isCloseTo(counted, within(.02 * counted));
    }
  }
}
