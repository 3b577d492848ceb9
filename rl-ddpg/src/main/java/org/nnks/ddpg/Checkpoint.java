package org.nnks.ddpg;

import java.util.Map;
import org.nnks.core.nets.Adam;
import org.nnks.core.nets.Network;
import org.nnks.core.nets.TargetCopy;

/** Actor, critic and replay as named arrays, and back. */
final class Checkpoint {

  private Checkpoint() {}

  static void save(Map<String, double[]> state, Actor actor, Critic critic, Replay replay) {
    putNetwork(state, "ddpg.actor", actor.network(), actor.target());
    putAdam(state, "ddpg.actor", actor.adam());
    for (int i = 0; i < critic.networks().size(); i++) {
      putNetwork(state, "ddpg.critic" + i, critic.networks().get(i), critic.targets().get(i));
    }
    if (critic.summary() != null) {
      putNetwork(state, "ddpg.summary", critic.phi(), critic.summary().target());
    }
    putAdam(state, "ddpg.critic", critic.adam());
    state.put("ddpg.replay", replay.contents());
    state.put("ddpg.replay.next", new double[] {replay.next()});
  }

  static void restore(Map<String, double[]> state, Actor actor, Critic critic, Replay replay) {
    getNetwork(state, "ddpg.actor", actor.network(), actor.target());
    getAdam(state, "ddpg.actor", actor.adam());
    for (int i = 0; i < critic.networks().size(); i++) {
      getNetwork(state, "ddpg.critic" + i, critic.networks().get(i), critic.targets().get(i));
    }
    if (critic.summary() != null) {
      getNetwork(state, "ddpg.summary", critic.phi(), critic.summary().target());
    }
    getAdam(state, "ddpg.critic", critic.adam());
    replay.restore(
        Learner.saved(state, "ddpg.replay"), (int) Learner.saved(state, "ddpg.replay.next")[0]);
  }

  private static void putNetwork(
      Map<String, double[]> state, String name, Network network, TargetCopy target) {
    state.put(name + ".weights", network.values());
    state.put(name + ".target", target.network().values());
  }

  private static void putAdam(Map<String, double[]> state, String name, Adam adam) {
    state.put(name + ".moments", adam.moments());
    state.put(name + ".steps", new double[] {adam.steps()});
  }

  private static void getNetwork(
      Map<String, double[]> state, String name, Network network, TargetCopy target) {
    network.setValues(Learner.saved(state, name + ".weights"));
    target.network().setValues(Learner.saved(state, name + ".target"));
  }

  private static void getAdam(Map<String, double[]> state, String name, Adam adam) {
    adam.restore(
        (long) Learner.saved(state, name + ".steps")[0], Learner.saved(state, name + ".moments"));
  }
}
