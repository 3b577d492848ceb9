package org.nnks.bloom.declared;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nnks.bloom.BloomCalibration;
import org.nnks.core.agents.AgentHistogram;
import org.nnks.core.agents.CellDecisions;
import org.nnks.core.economy.Control;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.neural.BranchRule;
import org.nnks.core.neural.NeuralBellman;
import org.nnks.core.neural.NeuralPeriod;
import org.nnks.core.neural.NeuralPolicies;
import org.nnks.core.neural.NeuralTraining;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.symbolic.Program;
import org.nnks.core.symbolic.Term;
import org.nnks.core.tensor.Readout;

/** The general networks on the declared economy: nine branches, two states, p and K as inputs. */
class DeclaredNetworksTest {

  private static final BloomDeclaration ECONOMY = new BloomDeclaration(BloomCalibration.small());

  /** Single precision of a log scale. */
  private static final double ROUNDING = 1e-5;

  @Test
  void trainingLowersTheBellmanErrorAndDecisionsKeepToTheirBranches() {
    NeuralTraining training =
        NeuralTraining.standard()
            .withHidden(16, 16)
            .withBatch(64)
            .withBranchRule(BranchRule.CLASSES)
            .withSteps(10, 40, 200);
    ForecastRules rules = ECONOMY.coldStart().orElseThrow();
    try (NeuralBellman solver =
        new NeuralBellman(
            ECONOMY, training, Device.cpu(), DataType.FLOAT32, new Seeds(1), new Readout())) {
      solver.solve(rules);
      double before = solver.gap(500).mean();
      solver.solve(rules);
      // From .054 to .039; from .088 to .071 before slopes in K were taken to their end at once.
      assertThat(solver.gap(500).mean()).isLessThan(Math.min(.8 * before, .05));

      double[][] x = new AgentHistogram(ECONOMY).levels();
      try (NeuralPolicies policies = solver.policies(rules, x);
          NeuralPeriod period = policies.period(2, ECONOMY.initial().moments().toArray())) {
        requireBranches(period.decide(1.005 * period.prices()[0]), x);
      }
    }
  }

  private static void requireBranches(CellDecisions decided, double[][] x) {
    int cells = ECONOMY.own().size() * x[0].length;
    double[] taken = new double[cells];
    for (int b = 0; b < ECONOMY.branches().size(); b++) {
      for (int cell = 0; cell < cells; cell++) {
        taken[cell] += decided.probability(b)[cell];
        int c = 0;
        for (Control.Range range : ECONOMY.branches().get(b).ranges()) {
          double level = decided.control(b, c++)[cell];
          Term bound = range.lower().or(range::upper).orElseThrow();
          double left = at(bound, x[0][cell % x[0].length], x[1][cell % x[0].length]);
          if (range.lower().isPresent()) {
            assertThat(level).isGreaterThanOrEqualTo(left * (1 - ROUNDING));
          } else {
            assertThat(level).isLessThanOrEqualTo(Math.max(left, lowest(range)) * (1 + ROUNDING));
          }
        }
      }
    }
    assertThat(Arrays.stream(taken).allMatch(sum -> sum == 1)).isTrue();
  }

  private static double at(Term bound, double k, double n) {
    Program program = new Program(0, Map.of(), List.of(bound));
    program.set("k", k);
    program.set("n", n);
    return program.evaluate(0)[0];
  }

  private static double lowest(Control.Range range) {
    return ECONOMY.states().stream()
        .filter(state -> state.next().name().equals(range.control().name()))
        .findFirst()
        .orElseThrow()
        .grid()
        .lower();
  }
}
