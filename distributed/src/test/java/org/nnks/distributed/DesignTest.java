package org.nnks.distributed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.run.Seeds;
import org.nnks.sbi.Data;
import org.nnks.sbi.DataShape;
import org.nnks.sbi.Parameter;
import org.nnks.sbi.Prior;
import org.nnks.sbi.Simulations;

class DesignTest {

  private static final long SEED = 7;

  @Test
  void aGridIsAProductWhoseLastAxisIsFastest() {
    Design design = Design.grid(List.of(new Axis("x", 0, 1, 2), new Axis("y", 0.1, 0.3, 3)), SEED);
    assertThat(design.size()).isEqualTo(6);
    assertThat(design.points())
        .extracting(Point::values)
        .containsExactly(
            List.of(0.0, 0.1),
            List.of(0.0, 0.2),
            List.of(0.0, 0.3),
            List.of(1.0, 0.1),
            List.of(1.0, 0.2),
            List.of(1.0, 0.3));
    assertThat(design.points()).extracting(Point::number).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(design.points()).extracting(Point::seed).containsOnly(SEED);
    assertThat(design.points().get(4)).hasToString("point 5 (x=1, y=0.2)");
  }

  @Test
  void drawsAreThoseOfSimulationBasedInference() {
    Prior prior = Prior.of(Parameter.uniform("x", 2, 3), Parameter.normal("y", 0, 1));
    Design design = new Design(List.of(), Optional.of(prior), 5, SEED);
    Simulations simulations = Simulations.draw(prior, new Identity(), 0, 5, new Seeds(SEED));
    for (int i = 0; i < 5; i++) {
      assertThat(design.points().get(i).values())
          .isEqualTo(simulations.theta(i).stream().boxed().toList());
    }
    assertThat(new HashSet<>(design.points().stream().map(Point::seed).toList())).hasSize(5);
    assertThat(design.points()).isEqualTo(design.points());
  }

  @Test
  void everyDrawIsPutOnTheWholeGrid() {
    Prior prior = Prior.of(Parameter.uniform("x", 2, 3));
    Design design = new Design(List.of(new Axis("y", 1, 2, 2)), Optional.of(prior), 3, SEED);
    List<Point> points = design.points();
    assertThat(points).hasSize(6);
    assertThat(design.names()).containsExactly("x", "y");
    assertThat(points.get(0).values().get(0)).isEqualTo(points.get(1).values().get(0));
    assertThat(points.get(0).seed()).isEqualTo(points.get(1).seed());
    assertThat(points.get(2).seed()).isNotEqualTo(points.get(1).seed());
    assertThat(Set.copyOf(points.stream().map(p -> p.values().get(1)).toList()))
        .containsExactlyInAnyOrder(1.0, 2.0);
  }

  @Test
  void badDesignsAreOneSentence() {
    refuses(() -> new Axis("x", 0, 1, 0), "the grid of 'x' is empty");
    refuses(() -> new Axis("x", 0, 1, 1), "has one value but goes from 0.0 to 1.0");
    refuses(() -> new Axis("x", 1, 1, 2), "give it different ends");
    refuses(() -> new Axis("x", Double.NaN, 1, 2), "needs finite ends");
    refuses(() -> Design.grid(List.of(), SEED), "the sweep has no parameters");
    Axis x = new Axis("x", 0, 1, 2);
    refuses(() -> Design.grid(List.of(x, x), SEED), "the sweep varies 'x' twice");
    Axis large = new Axis("y", 0, 1, 600_000);
    refuses(() -> Design.grid(List.of(x, large), SEED), "1200000 points, more than 999999");
    refuses(
        () -> new Design(List.of(x), Optional.empty(), 2, SEED),
        "at least 1, and 1 without a prior, but is 2");
  }

  private static void refuses(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String why) {
    assertThatThrownBy(call).isInstanceOf(InvalidInputException.class).hasMessageContaining(why);
  }

  /** A simulator whose data are its parameters. */
  private record Identity() implements org.nnks.sbi.Simulator {

    @Override
    public DataShape shape() {
      return DataShape.vector(2);
    }

    @Override
    public Data simulate(
        org.nnks.core.numeric.Vector theta, java.util.random.RandomGenerator random) {
      return Data.vector(theta.toArray());
    }
  }
}
