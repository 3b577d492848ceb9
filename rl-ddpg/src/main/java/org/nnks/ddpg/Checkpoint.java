package org.nnks.ddpg;

import java.util.Map;
import org.nnks.core.io.InvalidInputException;
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
    replay.restore(get(state, "ddpg.replay"), (int) get(state, "ddpg.replay.next")[0]);
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
    network.setValues(get(state, name + ".weights"));
    target.network().setValues(get(state, name + ".target"));
  }

  private static void getAdam(Map<String, double[]> state, String name, Adam adam) {
    adam.restore((long) get(state, name + ".steps")[0], get(state, name + ".moments"));
  }

  /** A saved array, which has to be there. */
  static double[] get(Map<String, double[]> state, String name) {
    double[] saved = state.get(name);
    if (saved == null) {
      throw new InvalidInputException(
          "the checkpoint does not hold %s: it was not written by this method with this configuration"
              .formatted(name));
    }
    return saved;
  }
}
