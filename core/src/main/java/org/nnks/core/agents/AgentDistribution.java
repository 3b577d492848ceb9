package org.nnks.core.agents;

import java.util.Arrays;
import java.util.List;
import org.nnks.core.economy.Branch;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.State;
import org.nnks.core.economy.Turnover;
import org.nnks.core.numeric.Grid;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.run.Seeds;

/**
 * Who there is: mass in cells, which are own states, slowest, by points at which states have
 * levels. It is moved in three steps: {@link #beginMove}, {@link #move} for all ways in which
 * agents decide, {@link #endMove}. Mutable, not thread-safe.
 */
public abstract sealed class AgentDistribution permits AgentHistogram, AgentPanel {

  private final DeclaredEconomy economy;
  private final double[][] levels;
  private final double[] mass;

  /** One where a branch leads agents to an end of their box, by cells. */
  private final double[] outside;

  /**
   * A distribution.
   *
   * @param levels of each state at its points: (states, points)
   */
  AgentDistribution(DeclaredEconomy economy, double[][] levels) {
    this.economy = economy;
    this.levels = levels;
    mass = new double[economy.own().size() * levels[0].length];
    outside = new double[mass.length];
  }

  /**
   * The distribution with which a history of an economy starts: as many agents as it asks for, or a
   * histogram.
   *
   * @param seeds from which the agents of a panel draw
   */
  public static AgentDistribution of(DeclaredEconomy economy, Seeds seeds) {
    return economy.panel() == 0 ? new AgentHistogram(economy) : new AgentPanel(economy, seeds);
  }

  /** The economy that the agents live in. */
  final DeclaredEconomy economy() {
    return economy;
  }

  /** The levels of each state at its points, (states, points): the distribution's own array. */
  public final double[][] levels() {
    return levels;
  }

  /** Whether a move changes levels, so that whatever was known at the points is known no more. */
  abstract boolean movesPoints();

  /** The masses of all cells: the distribution's own array. */
  public final double[] mass() {
    return mass;
  }

  /** The mass of all agents. */
  public final double total() {
    return Arrays.stream(mass).sum();
  }

  /**
   * Sets moments that are means to those of the agents that there are, where these differ from what
   * their decisions added up to.
   */
  abstract void readOff(double[] moments);

  /** The masses at the nodes of the states: shape (own states, nodes). */
  public abstract Matrix toMatrix();

  /** The agents one by one, as {@link org.nnks.core.simulate.History#panel}. */
  abstract Matrix toPanel();

  /** The mass of agents who choose a state at or beyond an end of its grid. */
  final double edgeMass(CellOutcomes outcomes, CellDecisions decisions) {
    List<Branch> branches = economy.branches();
    List<Grid> grids = economy.states().stream().map(State::grid).toList();
    double edge = 0;
    for (int b = 0; b < branches.size(); b++) {
      if (branches.get(b).ranges().isEmpty()) {
        continue;
      }
      Arrays.fill(outside, 0);
      for (int s = 0; s < levels.length; s++) {
        double[] level = outcomes.destination(b, s);
        double lower = grids.get(s).lower();
        double upper = grids.get(s).upper();
        for (int i = 0; i < mass.length; i++) {
          outside[i] = level[i] <= lower || level[i] >= upper ? 1 : outside[i];
        }
      }
      double[] probability = decisions.probability(b);
      for (int i = 0; i < mass.length; i++) {
        edge += mass[i] * probability[i] * outside[i];
      }
    }
    return edge;
  }

  /** The mass that enters before the next period: as declared, or as much as leaves. */
  final double entrants(CellDecisions decisions) {
    Turnover turnover = economy.turnover();
    if (!turnover.entry() || turnover.mass().isPresent()) {
      return turnover.mass().orElse(0);
    }
    double leaving = 0;
    for (int b = 0; b < economy.branches().size(); b++) {
      if (economy.branches().get(b).leaves()) {
        for (int i = 0; i < mass.length; i++) {
          leaving += mass[i] * decisions.probability(b)[i];
        }
      }
    }
    return leaving + turnover.exitRate() * (total() - leaving);
  }

  /** Prepares a move: nobody has moved yet. */
  public abstract void beginMove();

  /**
   * Moves a share of all agents to where their decisions lead.
   *
   * @param share of the agents of every cell who decide so; shares of all calls add up to one
   */
  public abstract void move(double share, CellOutcomes outcomes, CellDecisions decisions);

  /** Ends a move: agents leave and enter, and own states change as the economy moves on. */
  public abstract void endMove(int aggregateState, int nextAggregateState);
}
