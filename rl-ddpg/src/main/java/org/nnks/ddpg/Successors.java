package org.nnks.ddpg;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.nnks.core.nets.Network;
import org.nnks.ddpg.environments.AgentState;
import org.nnks.ddpg.environments.CrossSection;
import org.nnks.ddpg.environments.Environment;
import org.nnks.ddpg.environments.ShockProcess;

/**
 * The next states of a minibatch, from the known transition: the third change of Liu (2024) section
 * 2.3, "generate multiple trajectories of the stochastic part", with k' common to all of them.
 *
 * <p>Rows are ordered by cross-section, member, branch (a path of the aggregate shock) and node (of
 * the member's own shock). Where shocks are integrated, the next mean of labour and the next
 * summary are replaced by their expectation given z', whose error is of the order of one over the
 * number of agents.
 */
final class Successors {

  private final AgentState[] next;
  private final double[] weights;
  private final double[] summary;
  private final int branches;
  private final int nodes;
  private final int members;

  private Successors(
      AgentState[] next, double[] weights, double[] summary, int branches, int nodes, int members) {
    this.next = next;
    this.weights = weights;
    this.summary = summary;
    this.branches = branches;
    this.nodes = nodes;
    this.members = members;
  }

  /**
   * Follows a minibatch for one period.
   *
   * @param batch the minibatch
   * @param actions of the members; their k' follows from these
   * @param all actions of all agents, cross-section by cross-section: K' follows from these
   * @param phi the summary network for next states; unused without summaries
   */
  static Successors of(
      Environment environment,
      DdpgConfig config,
      Minibatch batch,
      double[] actions,
      double[] all,
      Network phi,
      RandomGenerator random) {
    boolean draws = config.targets().expectation() == DdpgConfig.Expectation.DRAWS;
    ShockProcess aggregate = environment.aggregateShock();
    ShockProcess idiosyncratic = environment.idiosyncraticShock();
    int branches = draws ? config.targets().trajectories() : aggregate.nodes();
    int nodes = draws ? 1 : idiosyncratic.nodes();
    int agents = environment.agents();
    int sections = batch.sections().length;
    int members = batch.members();
    AgentState[] next = new AgentState[sections * members * branches * nodes];
    double[] weights = new double[next.length];
    boolean summarised = config.networks().summaryOutputs() > 0;
    double[] phiRows =
        new double
            [summarised ? sections * branches * agents * nodes * SummaryNetwork.MEMBER_INPUTS : 0];
    double[] phiWeights = new double[summarised ? sections * branches * agents * nodes : 0];
    double[] capital = new double[agents];
    double[] nextCapital = new double[batch.size()];
    double[] labour = new double[agents * nodes];
    double[] probability = new double[agents * nodes];
    int phiRow = 0;
    for (int b = 0; b < sections; b++) {
      CrossSection section = batch.sections()[b];
      AgentState[] states = batch.all()[b];
      for (int i = 0; i < agents; i++) {
        capital[i] = environment.outcome(states[i], all[b * agents + i]).next();
      }
      for (int at = b * members; at < (b + 1) * members; at++) {
        nextCapital[at] = environment.outcome(batch.states()[at], actions[at]).next();
      }
      double meanCapital = Arrays.stream(capital).average().orElseThrow();
      double z = section.productivity();
      for (int q = 0; q < branches; q++) {
        double nextZ = draws ? aggregate.draw(z, 0, 0, random) : aggregate.node(z, 0, 0, q);
        double branch = draws ? 1.0 / branches : aggregate.weight(z, 0, 0, q);
        double meanLabour = 0;
        for (int i = 0; i < agents; i++) {
          double l = section.labour(i);
          for (int j = 0; j < nodes; j++) {
            int at = i * nodes + j;
            labour[at] =
                draws
                    ? idiosyncratic.draw(l, z, nextZ, random)
                    : idiosyncratic.node(l, z, nextZ, j);
            probability[at] = draws ? 1 : idiosyncratic.weight(l, z, nextZ, j);
            meanLabour += probability[at] * environment.efficiency(labour[at]) / agents;
            if (summarised) {
              environment.writeMember(
                  capital[i], labour[at], phiRows, phiRow * SummaryNetwork.MEMBER_INPUTS);
              phiWeights[phiRow] = probability[at] / agents;
              phiRow++;
            }
          }
        }
        for (int at = b * members; at < (b + 1) * members; at++) {
          double l = batch.states()[at].labour();
          for (int j = 0; j < nodes; j++) {
            int row = (at * branches + q) * nodes + j;
            // A drawn shock is that of the agent, whom its own economy counts.
            double nextLabour =
                draws ? labour[batch.chosen()[at]] : idiosyncratic.node(l, z, nextZ, j);
            double own = draws ? 1 : idiosyncratic.weight(l, z, nextZ, j);
            next[row] = new AgentState(nextCapital[at], nextLabour, nextZ, meanCapital, meanLabour);
            weights[row] = branch * own;
          }
        }
      }
    }
    double[] summary =
        summarised
            ? SummaryNetwork.means(phi, phiRows, phiWeights, sections * branches)
            : new double[0];
    return new Successors(next, weights, summary, branches, nodes, members);
  }

  /** The next states. */
  AgentState[] states() {
    return next;
  }

  /** The summaries of next cross-sections, one row after the other. */
  double[] summary() {
    return summary;
  }

  /** The row of {@link #summary} that belongs to a next state. */
  int summaryOf(int row) {
    int branch = row / nodes % branches;
    int section = row / (nodes * branches * members);
    return section * branches + branch;
  }

  /** The expectation of a number over the next states of each state of the minibatch. */
  double[] expectation(double[] values) {
    int perState = branches * nodes;
    double[] means = new double[values.length / perState];
    for (int row = 0; row < values.length; row++) {
      means[row / perState] += weights[row] * values[row];
    }
    return means;
  }
}
