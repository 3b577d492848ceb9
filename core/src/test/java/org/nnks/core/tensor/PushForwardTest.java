package org.nnks.core.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nnks.core.economy.Branch;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.Exogenous;
import org.nnks.core.economy.Moment;
import org.nnks.core.economy.Price;
import org.nnks.core.economy.Scale;
import org.nnks.core.economy.State;
import org.nnks.core.economy.Total;
import org.nnks.core.economy.Turnover;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.numeric.Grid;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.symbolic.Term;

/** The adjoint of interpolation against a loop that carries mass from cell to cell. */
class PushForwardTest {

  private static final State K = State.logarithmic("k", .2, 8, 9);
  private static final State L =
      new State("l", new Grid(Vector.of(.5, .6, .85, 1, 1.5)), new Scale.Linear());
  private static final int OWN = 2;
  private static final int POINTS = 45;

  /** Two states, an own chain that depends on the aggregate move, and any turnover. */
  private record Moving(Turnover turnover) implements DeclaredEconomy {

    @Override
    public String name() {
      return "moving";
    }

    @Override
    public double discountFactor() {
      return .9;
    }

    @Override
    public MarkovChain aggregate() {
      return new MarkovChain(Vector.of(.9, 1.1), Matrix.of(2, 2, .7, .3, .4, .6));
    }

    @Override
    public MarkovChain own() {
      return own(0, 0);
    }

    @Override
    public MarkovChain own(int a, int next) {
      double stay = .5 + .1 * a + .2 * next;
      return new MarkovChain(
          Vector.of(.9, 1.1), Matrix.of(2, 2, stay, 1 - stay, .3 + .1 * next, .7 - .1 * next));
    }

    @Override
    public List<Exogenous> exogenous() {
      return List.of();
    }

    @Override
    public List<State> states() {
      return List.of(K, L);
    }

    @Override
    public List<Moment> moments() {
      return List.of(Moment.mean("K", K, .5, 4));
    }

    @Override
    public List<Price> prices() {
      return List.of();
    }

    @Override
    public List<Branch> branches() {
      return List.of(Branch.of("move"), Branch.of("jump"), Branch.leaving("leave"));
    }

    @Override
    public Term payoff(Branch branch) {
      return K;
    }

    @Override
    public Map<State, Term> next(Branch branch) {
      return Map.of(K, K, L, L);
    }

    @Override
    public Map<Total, Term> contributions(Branch branch) {
      return Map.of();
    }

    @Override
    public Map<Price, Term> residuals() {
      return Map.of();
    }

    @Override
    public Map<String, Term> aggregates() {
      return Map.of();
    }

    @Override
    public Initial initial() {
      return new Initial(0, 1);
    }
  }

  private static final Vector ENTRY = Vector.of(.33, .9);
  private static final Vector LAW = Vector.of(.25, .75);

  private static double[] uniform(RandomGenerator random, double from, double to) {
    return random.doubles(OWN * POINTS, from, to).toArray();
  }

  /** Mass carried from cell to cell. */
  private static double[] carried(
      Moving economy, double[] mass, double[][] shares, double[][][] to, int a, int next) {
    double[] arrived = new double[OWN * POINTS];
    for (int cell = 0; cell < mass.length; cell++) {
      for (int branch = 0; branch < to.length; branch++) {
        int k = K.grid().cell(to[branch][0][cell]);
        int l = L.grid().cell(to[branch][1][cell]);
        double upK = K.grid().weight(k, to[branch][0][cell]);
        double upL = L.grid().weight(l, to[branch][1][cell]);
        for (int e = 0; e < OWN; e++) {
          double moving =
              mass[cell]
                  * shares[branch][cell]
                  * (1 - economy.turnover().exitRate())
                  * economy.own(a, next).probability(cell / POINTS, e);
          int at = e * POINTS + k * L.grid().size() + l;
          arrived[at] += moving * (1 - upK) * (1 - upL);
          arrived[at + 1] += moving * (1 - upK) * upL;
          arrived[at + L.grid().size()] += moving * upK * (1 - upL);
          arrived[at + L.grid().size() + 1] += moving * upK * upL;
        }
      }
    }
    if (economy.turnover().entry()) {
      double left = Arrays.stream(mass).sum() - Arrays.stream(arrived).sum();
      double entering = economy.turnover().mass().orElse(left);
      int k = K.grid().cell(ENTRY.get(0));
      int l = L.grid().cell(ENTRY.get(1));
      double upK = K.grid().weight(k, ENTRY.get(0));
      double upL = L.grid().weight(l, ENTRY.get(1));
      for (int e = 0; e < OWN; e++) {
        int at = e * POINTS + k * L.grid().size() + l;
        double moving = entering * LAW.get(e);
        arrived[at] += moving * (1 - upK) * (1 - upL);
        arrived[at + 1] += moving * (1 - upK) * upL;
        arrived[at + L.grid().size()] += moving * upK * (1 - upL);
        arrived[at + L.grid().size() + 1] += moving * upK * upL;
      }
    }
    return arrived;
  }

  @ParameterizedTest
  @ValueSource(strings = {"nobody", "replaced", "fixed"})
  void equalsALoopOverCellsForTwoHundredPeriods(String turnover) {
    Moving economy =
        new Moving(
            switch (turnover) {
              case "nobody" -> Turnover.none();
              case "replaced" -> Turnover.replacing(.1, ENTRY, LAW);
              default -> new Turnover(.05, ENTRY, LAW, OptionalDouble.of(.07));
            });
    RandomGenerator random = new Seeds(7).stream("decisions");
    double[] mass = new double[OWN * POINTS];
    Arrays.fill(mass, 1.0 / mass.length);
    try (PushForward push = new PushForward(economy, Device.cpu());
        NDManager manager = Device.cpu().newManager()) {
      Shape shape = new Shape(OWN, POINTS);
      NDArray onDevice = manager.create(mass, shape);
      for (int t = 0; t < 200; t++) {
        boolean exit = !turnover.equals("nobody");
        double[][] shares = {uniform(random, 0, 1), new double[OWN * POINTS]};
        for (int cell = 0; cell < mass.length; cell++) {
          shares[1][cell] = exit ? (1 - shares[0][cell]) * .8 : 1 - shares[0][cell];
        }
        double[][][] to = {
          {uniform(random, .1, 9), uniform(random, .4, 1.6)},
          {uniform(random, .2, 8), uniform(random, .5, 1.5)}
        };
        to[0][0][3] = K.grid().get(4); // exactly at a node
        int a = random.nextInt(2);
        int next = random.nextInt(2);
        mass = carried(economy, mass, shares, to, a, next);
        try (NDManager scope = manager.newSubManager()) {
          NDArray moved =
              push.advance(
                  onDevice,
                  List.of(
                      flow(scope, shape, shares[0], to[0]),
                      flow(scope, shape, shares[1], to[1]),
                      new PushForward.Flow(scope.ones(shape), List.of())),
                  a,
                  next,
                  scope);
          moved.attach(manager);
          onDevice.close();
          onDevice = moved;
        }
        assertThat(onDevice.toDoubleArray())
            .as("period %s", t)
            .containsExactly(mass, within(1e-12));
      }
      if (turnover.equals("replaced")) {
        assertThat(Arrays.stream(mass).sum()).isCloseTo(1, within(1e-12));
      }
    }
  }

  private static PushForward.Flow flow(
      NDManager scope, Shape shape, double[] share, double[][] to) {
    return new PushForward.Flow(
        scope.create(share, shape),
        List.of(scope.create(to[0], shape), scope.create(to[1], shape)));
  }

  @Test
  void keepsMassForFiveThousandPeriods() {
    try (PushForward push = new PushForward(new Moving(Turnover.none()), Device.cpu());
        NDManager manager = Device.cpu().newManager()) {
      Shape shape = new Shape(OWN, POINTS);
      RandomGenerator random = new Seeds(3).stream("decisions");
      NDArray share = manager.create(uniform(random, 0, 1), shape);
      List<PushForward.Flow> flows =
          List.of(
              new PushForward.Flow(
                  share,
                  List.of(
                      manager.create(uniform(random, .1, 9), shape),
                      manager.create(uniform(random, .4, 1.6), shape))),
              new PushForward.Flow(
                  share.neg().add(1),
                  List.of(manager.create(1.0).reshape(1, 1), manager.create(.9).reshape(1, 1))));
      NDArray mass = manager.ones(shape).toType(share.getDataType(), false).div(OWN * POINTS);
      for (int t = 0; t < 5_000; t++) {
        try (NDManager scope = manager.newSubManager()) {
          NDArray moved = push.advance(mass, flows, t % 2, t / 2 % 2, scope);
          moved.attach(manager);
          mass.close();
          mass = moved;
        }
      }
      assertThat(mass.sum().getDouble()).isCloseTo(1, within(1e-12));
      assertThat(mass.min().getDouble()).isNotNegative();
    }
  }
}
