package org.nnks.khanthomas.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.random.RandomGenerator;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.numeric.Grid;
import org.nnks.core.run.Seeds;

class HistogramTest {

  private static final long SEED = 3;

  /** Sums of 80 doubles below one. */
  private static final double ROUNDING = 1e-15;

  private final LumpyInvestment economy = TinyEconomy.standard();
  private final Grid grid = economy.capital();
  private final int nodes = grid.size();

  @Test
  void advancesAsTheExplicitTransitionMatrix() {
    RandomGenerator random = new Seeds(SEED).stream("histogram");
    Histogram firms = Histogram.uniform(economy);
    for (int t = 0; t < 25; t++) {
      Decisions decisions = randomDecisions(random);
      double[] before = firms.toMatrix().toArray();
      double[] expected = transition(decisions).preMultiply(before);
      firms.advance(decisions, 0);
      assertThat(firms.toMatrix().toArray())
          .as("seed %d, period %d", SEED, t)
          .containsExactly(expected, within(ROUNDING));
      assertThat(firms.total()).isCloseTo(1, within(1e-14));
    }
  }

  private double kept(int cell) {
    return grid.clamp(economy.undepreciated(grid.get(cell % nodes)));
  }

  /** Entry (z k, z' k'): the probability that a firm moves there, cell by cell, by hand. */
  private RealMatrix transition(Decisions decisions) {
    MarkovChain shocks = economy.idiosyncratic();
    int cells = nodes * shocks.size();
    RealMatrix matrix = new Array2DRowRealMatrix(cells, cells);
    for (int cell = 0; cell < cells; cell++) {
      int z = cell / nodes;
      double stay = Math.max(grid.lower(), economy.undepreciated(grid.get(cell % nodes)));
      double share = decisions.adjusting(cell);
      for (int next = 0; next < shocks.size(); next++) {
        for (int node = 0; node < nodes; node++) {
          matrix.setEntry(
              cell,
              next * nodes + node,
              shocks.probability(z, next)
                  * (share * hat(decisions.target(z), node) + (1 - share) * hat(stay, node)));
        }
      }
    }
    return matrix;
  }

  /** The lottery's weight of a node: the piecewise-linear hat function, flat beyond the ends. */
  private double hat(double capital, int node) {
    double k = Math.min(Math.max(capital, grid.lower()), grid.upper());
    double here = grid.get(node);
    if (k == here) {
      return 1;
    }
    int neighbour = k < here ? node - 1 : node + 1;
    if (neighbour < 0 || neighbour >= nodes) {
      return 0;
    }
    return Math.max(0, 1 - Math.abs(k - here) / Math.abs(grid.get(neighbour) - here));
  }

  @Test
  void firmsBeyondTheGridAreKeptAtItsEndsAndReported() {
    Histogram firms = Histogram.uniform(economy);
    Decisions decisions = new Decisions(2, nodes);
    decisions.setTarget(0, 99);
    decisions.setTarget(1, 2);
    for (int cell = 0; cell < 2 * nodes; cell++) {
      decisions.set(cell, .5, 0, kept(cell));
    }
    assertThat(firms.edgeMass(decisions))
        .as("half of the firms with z_1")
        .isCloseTo(.25, within(1e-14));
    firms.advance(decisions, 0);
    assertThat(firms.total()).isCloseTo(1, within(1e-14));
    decisions.setTarget(0, 2);
    assertThat(firms.edgeMass(decisions)).isZero();
  }

  @Test
  void startsUniform() {
    Histogram firms = Histogram.uniform(economy);
    assertThat(firms.size()).isEqualTo(2 * nodes);
    assertThat(firms.mass(7)).isEqualTo(1.0 / (2 * nodes));
    assertThat(firms.meanCapital()).isCloseTo(grid.nodes().mean(), within(1e-13));
    assertThat(firms.toMatrix().rows()).isEqualTo(2);
  }

  private Decisions randomDecisions(RandomGenerator random) {
    Decisions decisions = new Decisions(2, nodes);
    for (int z = 0; z < 2; z++) {
      decisions.setTarget(z, random.nextDouble(grid.lower(), grid.upper()));
    }
    for (int cell = 0; cell < 2 * nodes; cell++) {
      decisions.set(cell, random.nextInt(4) == 0 ? 0 : random.nextDouble(), 0, kept(cell));
    }
    return decisions;
  }
}
