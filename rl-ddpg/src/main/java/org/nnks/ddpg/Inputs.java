package org.nnks.ddpg;

import java.util.function.IntUnaryOperator;
import org.nnks.core.nets.Network;
import org.nnks.ddpg.environments.AgentState;
import org.nnks.ddpg.environments.CrossSection;
import org.nnks.ddpg.environments.Environment;

/**
 * Rows of network inputs: a state's own inputs, followed by the summary of its cross-section.
 *
 * @param summaries statistics in a summary
 */
record Inputs(Environment environment, int summaries) {

  /** Inputs in a row. */
  int width() {
    return environment.inputs() + summaries;
  }

  /**
   * The rows of states.
   *
   * @param summary summaries, one row after the other
   * @param group which row of summaries belongs to a state
   */
  double[] rows(AgentState[] states, double[] summary, IntUnaryOperator group) {
    double[] rows = new double[states.length * width()];
    for (int i = 0; i < states.length; i++) {
      int at = i * width();
      environment.writeInputs(states[i], rows, at);
      System.arraycopy(
          summary, group.applyAsInt(i) * summaries, rows, at + environment.inputs(), summaries);
    }
    return rows;
  }

  /** The states of all agents of a cross-section. */
  AgentState[] states(CrossSection section) {
    AgentState[] states = new AgentState[section.agents()];
    double capital = section.meanCapital();
    double efficiency = 0;
    for (int i = 0; i < states.length; i++) {
      efficiency += environment.efficiency(section.labour(i));
    }
    efficiency /= states.length;
    for (int i = 0; i < states.length; i++) {
      states[i] =
          new AgentState(
              section.capital(i), section.labour(i), section.productivity(), capital, efficiency);
    }
    return states;
  }

  /** The summary network's inputs for all agents of cross-sections. */
  double[] members(CrossSection[] sections) {
    int agents = sections[0].agents();
    double[] rows = new double[sections.length * agents * SummaryNetwork.MEMBER_INPUTS];
    int at = 0;
    for (CrossSection section : sections) {
      for (int i = 0; i < agents; i++) {
        environment.writeMember(section.capital(i), section.labour(i), rows, at);
        at += SummaryNetwork.MEMBER_INPUTS;
      }
    }
    return rows;
  }

  /** The summaries of cross-sections, one row after the other; empty without a network. */
  double[] summaries(Network network, CrossSection[] sections) {
    if (summaries == 0) {
      return new double[0];
    }
    int agents = sections[0].agents();
    double[] weights = new double[sections.length * agents];
    java.util.Arrays.fill(weights, 1.0 / agents);
    return SummaryNetwork.means(network, members(sections), weights, sections.length);
  }
}
