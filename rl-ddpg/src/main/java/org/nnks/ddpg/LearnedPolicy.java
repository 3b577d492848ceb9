package org.nnks.ddpg;

import java.util.Arrays;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import org.nnks.ddpg.environments.AgentState;
import org.nnks.ddpg.environments.CrossSection;
import org.nnks.ddpg.environments.Environment;

/** What has been learned: the slowly following actor, the average of its path. */
record LearnedPolicy(Environment environment, Inputs inputs, Actor actor, Critic critic) {

  /**
   * The learned actions of all agents of cross-sections, section by section: those of the slowly
   * following actor, the average of its path.
   */
  double[] actions(CrossSection... sections) {
    double[] summary = inputs.summaries(critic.targetPhi(), sections);
    int agents = sections[0].agents();
    AgentState[] states =
        Arrays.stream(sections)
            .flatMap(s -> Arrays.stream(inputs.states(s)))
            .toArray(AgentState[]::new);
    return actor.actions(
        actor.target().network(), states, inputs.rows(states, summary, i -> i / agents));
  }

  /**
   * Root mean square difference of log actions between the actor and its target copy, in some
   * economies: how far the policy moved within some 1 / tau iterations, which is not how far it is
   * from the best one.
   */
  double distanceFromTarget(CrossSection... economies) {
    double[] summary = inputs.summaries(critic.targetPhi(), economies);
    double sum = 0;
    int count = 0;
    for (int e = 0; e < economies.length; e++) {
      int economy = e;
      AgentState[] states = inputs.states(economies[e]);
      double[] rows = inputs.rows(states, summary, i -> economy);
      double[] now = actor.actions(actor.network(), states, rows);
      double[] slow = actor.actions(actor.target().network(), states, rows);
      for (int i = 0; i < now.length; i++) {
        double difference = Math.log(now[i] / slow[i]);
        sum += difference * difference;
        count++;
      }
    }
    return Math.sqrt(sum / count);
  }

  /**
   * A copy of the learned policy for economies of one agent, in plain Java, that later training
   * does not change.
   *
   * @throws IllegalStateException if the policy sees a summary of a cross-section
   */
  ToDoubleFunction<AgentState> frozenPolicy() {
    if (critic.summary() != null && environment.agents() > 1) {
      throw new IllegalStateException(
          "a policy that sees a summary of the cross-section is not a function of one state");
    }
    ToDoubleBiFunction<AgentState, double[]> policy = actor.frozen();
    return state -> {
      CrossSection alone =
          CrossSection.of(
              state.productivity(), new double[] {state.capital()}, new double[] {state.labour()});
      CrossSection[] section = {alone};
      double[] summary = inputs.summaries(critic.targetPhi(), section);
      return policy.applyAsDouble(state, inputs.rows(new AgentState[] {state}, summary, i -> 0));
    };
  }

  /**
   * The learned actions at states of a common cross-section.
   *
   * @param summary S of the cross-section; empty without a summary network
   */
  double[] actions(AgentState[] states, double[] summary) {
    return actor.actions(actor.target().network(), states, inputs.rows(states, summary, i -> 0));
  }

  /**
   * The summary S of weighted agents, such as the cells of a histogram.
   *
   * @param capital k of each
   * @param labour the state of its own shock
   * @param weights sum to one
   * @return empty without a summary network
   */
  double[] summary(double[] capital, double[] labour, double[] weights) {
    if (critic.summary() == null) {
      return new double[0];
    }
    double[] members = new double[capital.length * SummaryNetwork.MEMBER_INPUTS];
    for (int i = 0; i < capital.length; i++) {
      environment.writeMember(capital[i], labour[i], members, i * SummaryNetwork.MEMBER_INPUTS);
    }
    return SummaryNetwork.means(critic.targetPhi(), members, weights, 1);
  }
}
