package org.nnks.core.agents;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.random.RandomGenerator;
import org.nnks.core.economy.Branch;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.Moment;
import org.nnks.core.economy.State;
import org.nnks.core.economy.Turnover;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.run.Seeds;
import org.nnks.core.symbolic.Program;

/**
 * Agents of equal mass, one by one, at any levels of their states: what is left where a grid of all
 * states is too large. Points are agents, and of the cells of a point one has mass, that of the
 * agent's own state.
 *
 * <p>What they decide is added up in expectation over branches, so that markets clear as they do
 * with a histogram. Then each agent is drawn into one branch, and into one own state. Means of the
 * agents who are there are right up to these draws, which {@link SortedDraws} spreads evenly; they,
 * and not what decisions were expected to add up to, are the next period's moments.
 *
 * <p>The draws of a move depend on the seed and on how many moves there were.
 */
public final class AgentPanel extends AgentDistribution {

  /** The stream from which agents draw, by moves. */
  private static final String STREAM = "panel";

  private final DeclaredEconomy economy;
  private final Seeds seeds;
  private final int agents;
  private final double each;
  private final int[] ownState;

  /** The levels that an agent moves to, and whether it leaves instead. */
  private final double[][] next;

  private final boolean[] leaves;

  /** How likely the branches so far were: an agent takes the first that brings it to its draw. */
  private final double[] passed;

  private final SortedDraws draws;
  private final int[] groups;
  private RandomGenerator random;
  private long moves;
  private final Program means;

  /** Sees agents at the nodes of the states. */
  private final AgentHistogram nodes;

  /** As many agents as an economy asks for, sampled evenly from its first histogram. */
  AgentPanel(DeclaredEconomy economy, Seeds seeds) {
    super(economy, new double[economy.states().size()][economy.panel()]);
    this.economy = economy;
    this.seeds = seeds;
    agents = economy.panel();
    ownState = new int[agents];
    next = new double[economy.states().size()][agents];
    leaves = new boolean[agents];
    passed = new double[agents];
    draws = new SortedDraws(agents);
    groups = new int[agents];
    nodes = new AgentHistogram(economy);
    each = nodes.total() / agents;
    means = means();
    start();
  }

  private Program means() {
    Map<String, Integer> along = new HashMap<>();
    economy.states().forEach(state -> along.put(state.name(), 1));
    Program program =
        new Program(
            1,
            along,
            economy.moments().stream()
                .filter(moment -> moment.kind() == Moment.Kind.MEAN)
                .map(Moment::law)
                .toList());
    program.size(0, agents);
    return program;
  }

  private void start() {
    double[] given = nodes.mass();
    int points = given.length / economy.own().size();
    int cell = 0;
    double sum = given[0];
    for (int i = 0; i < agents; i++) {
      while (sum < (i + .5) * each && cell < given.length - 1) {
        sum += given[++cell];
      }
      ownState[i] = cell / points;
      for (int s = 0; s < next.length; s++) {
        levels()[s][i] = nodes.levels()[s][cell % points];
      }
    }
    occupy();
  }

  /** Gives the cells of all agents their mass. */
  private void occupy() {
    Arrays.fill(mass(), 0);
    for (int i = 0; i < agents; i++) {
      mass()[ownState[i] * agents + i] = each;
    }
  }

  @Override
  boolean movesPoints() {
    return true;
  }

  @Override
  void readOff(double[] moments) {
    List<State> states = economy.states();
    for (int s = 0; s < next.length; s++) {
      means.set(states.get(s).name(), levels()[s]);
    }
    int number = 0;
    for (int j = 0; j < moments.length; j++) {
      if (economy.moments().get(j).kind() == Moment.Kind.MEAN) {
        double[] amounts = means.evaluate(number);
        int step = means.varies(number++, 0) ? 1 : 0;
        double sum = 0;
        for (int i = 0; i < agents; i++) {
          sum += amounts[i * step];
        }
        moments[j] = each * sum;
      }
    }
  }

  @Override
  public Matrix toMatrix() {
    nodes.hold(ownState, levels(), each);
    return nodes.toMatrix();
  }

  @Override
  Matrix toPanel() {
    double[][] rows = new double[agents][1 + next.length];
    for (int i = 0; i < agents; i++) {
      rows[i][0] = ownState[i];
      for (int s = 0; s < next.length; s++) {
        rows[i][1 + s] = levels()[s][i];
      }
    }
    return Matrix.ofRows(rows);
  }

  @Override
  public void beginMove() {
    random = seeds.stream(STREAM, moves++);
    draws.draw(ownState, levels(), random.nextDouble());
    Arrays.fill(passed, 0);
  }

  @Override
  public void move(double share, CellOutcomes outcomes, CellDecisions decisions) {
    List<Branch> branches = economy.branches();
    for (int b = 0; b < branches.size(); b++) {
      double[] probability = decisions.probability(b);
      for (int i = 0; i < agents; i++) {
        int cell = ownState[i] * agents + i;
        double taken = share * probability[cell];
        if (taken > 0 && passed[i] <= draws.of(i)) { // the last one if rounding leaves a rest
          passed[i] += taken;
          leaves[i] = branches.get(b).leaves();
          for (int s = 0; s < next.length && !leaves[i]; s++) {
            next[s][i] = outcomes.destination(b, s)[cell];
          }
        }
      }
    }
  }

  @Override
  public void endMove(int aggregateState, int nextAggregateState) {
    List<State> states = economy.states();
    for (int s = 0; s < next.length; s++) {
      for (int i = 0; i < agents; i++) {
        levels()[s][i] = states.get(s).grid().clamp(next[s][i]);
      }
    }
    MarkovChain chain = economy.own(aggregateState, nextAggregateState);
    Turnover turnover = economy.turnover();
    if (chain.size() > 1 || turnover.entry()) {
      for (int i = 0; i < agents; i++) {
        groups[i] = leaves[i] ? chain.size() : ownState[i]; // those who leave are drawn together
      }
      draws.draw(groups, levels(), random.nextDouble());
      for (int i = 0; i < agents; i++) {
        renew(i, chain, turnover);
      }
      occupy();
    }
  }

  /** An agent stays, in its next own state, or an entrant takes its place. */
  private void renew(int i, MarkovChain chain, Turnover turnover) {
    double draw = draws.of(i);
    double stay = leaves[i] ? 0 : 1 - turnover.exitRate();
    if (draw < stay) {
      int from = ownState[i];
      ownState[i] = state(draw / stay, e -> chain.probability(from, e));
      return;
    }
    ownState[i] = state((draw - stay) / (1 - stay), turnover.own()::get);
    for (int s = 0; s < next.length; s++) {
      levels()[s][i] = turnover.states().get(s);
    }
  }

  /** The first state by which a law has brought together more than what was drawn. */
  private int state(double draw, IntToDoubleFunction law) {
    double sum = 0;
    int last = 0;
    for (int e = 0; e < economy.own().size() && sum <= draw; e++) {
      double probability = law.applyAsDouble(e);
      last = probability > 0 ? e : last;
      sum += probability;
    }
    return last;
  }
}
