package org.nnks.ddpg.modelbased;

import java.util.Map;
import org.nnks.core.nets.Adam;
import org.nnks.core.nets.Network;
import org.nnks.core.nets.TargetCopy;
import org.nnks.ddpg.Learner;

/** Actor, critic and summary network as named arrays, and back. */
final class SavedNetworks {

  private static final String ACTOR = "gradient.actor";
  private static final String CRITIC = "gradient.critic";
  private static final String SUMMARY = "gradient.summary";

  private SavedNetworks() {}

  /** Adds networks, copies and moments. */
  static void put(Map<String, double[]> state, ActorCritic networks) {
    ActorNetwork actor = networks.actor();
    CriticNetwork critic = networks.critic();
    Summary summary = networks.summary();
    put(state, ACTOR, actor.network(), actor.average(), actor.adam());
    put(state, CRITIC, critic.network(), critic.target(), critic.adam());
    if (summary != null) {
      put(state, SUMMARY, summary.network(), summary.target(), summary.adam());
      state.put(SUMMARY + ".average", summary.average().network().values());
    }
  }

  private static void put(
      Map<String, double[]> state, String name, Network network, TargetCopy copy, Adam adam) {
    state.put(name, network.values());
    state.put(name + ".copy", copy.network().values());
    state.put(name + ".moments", adam.moments());
    state.put(name + ".steps", new double[] {adam.steps()});
  }

  /**
   * Continues from {@link #put}.
   *
   * @throws IllegalArgumentException if an array has another size
   */
  static void restore(Map<String, double[]> state, ActorCritic networks) {
    ActorNetwork actor = networks.actor();
    CriticNetwork critic = networks.critic();
    Summary summary = networks.summary();
    set(state, ACTOR, actor.network(), actor.average(), actor.adam());
    set(state, CRITIC, critic.network(), critic.target(), critic.adam());
    if (summary != null) {
      set(state, SUMMARY, summary.network(), summary.target(), summary.adam());
      summary.average().network().setValues(Learner.saved(state, SUMMARY + ".average"));
    }
  }

  private static void set(
      Map<String, double[]> state, String name, Network network, TargetCopy copy, Adam adam) {
    network.setValues(Learner.saved(state, name));
    copy.network().setValues(Learner.saved(state, name + ".copy"));
    adam.restore(
        (long) Learner.saved(state, name + ".steps")[0], Learner.saved(state, name + ".moments"));
  }
}
