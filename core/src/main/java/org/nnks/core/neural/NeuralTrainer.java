package org.nnks.core.neural;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.nets.Adam;
import org.nnks.core.nets.Gradients;
import org.nnks.core.nets.Network;
import org.nnks.core.nets.Parameters;
import org.nnks.core.tensor.Readout;

/**
 * Steps on each of the losses of Yokomoto (2026) section 3.2: L_cont, L_disc, L_val. A step reads
 * nothing back: losses stay on the device until somebody looks.
 */
final class NeuralTrainer implements AutoCloseable {

  private static final String VALUE = "neural.value.weights";
  private static final String CONTINUOUS = "neural.continuous.weights";
  private static final String DISCRETE = "neural.discrete.weights";

  private final NeuralNetworks networks;
  private final NeuralTraining training;
  private final Samples samples;
  private final NDManager manager;
  private final NDArray slopeWeight;
  private final Adam continuous;
  private final Adam discrete;
  private final Adam value;
  private NDArray losses;

  NeuralTrainer(NeuralNetworks networks, NeuralTraining training, Samples samples) {
    this.networks = networks;
    this.training = training;
    this.samples = samples;
    manager = networks.device().newManager();
    slopeWeight =
        Network.create(
            manager, new double[] {training.slopeWeight()}, new Shape(1), networks.precision());
    NDList parameters = networks.continuousParameters();
    continuous = parameters.isEmpty() ? null : new Adam(parameters);
    discrete =
        networks.discrete() == null ? null : new Adam(networks.discrete().network().network());
    value = new Adam(networks.value().network());
    losses = manager.zeros(new Shape(1), networks.precision());
  }

  /** A step on L_cont and one on L_disc, at noisy prices: equations (34), (35) and section 3.2. */
  void trainPolicies(double rate) {
    try (NDManager step = manager.newSubManager()) {
      Point point = networks.point(samples.draw(training.batch(), step));
      if (continuous != null) {
        Gradients gradients =
            Gradients.unread(
                networks.continuousParameters(),
                step,
                leaves -> continuousLoss(point, networks.places(leaves, point), step));
        continuous.step(gradients, rate);
        note(gradients);
      }
      trainDiscrete(point, rate, step);
    }
  }

  /** A step on L_disc alone. */
  void trainDiscrete(double rate) {
    if (discrete == null) {
      return;
    }
    try (NDManager step = manager.newSubManager()) {
      trainDiscrete(networks.point(samples.draw(training.batch(), step)), rate, step);
    }
  }

  private void trainDiscrete(Point point, double rate, NDManager step) {
    if (discrete != null) {
      NDList known =
          networks
              .rightHandSide()
              .values(point, networks.fixedPlaces(point), networks.value(), step);
      NDArray upper = networks.rightHandSide().upper(point, step);
      Gradients gradients =
          Gradients.unread(
              discrete.network().parameters(),
              step,
              leaves -> networks.discrete().loss(leaves, point, known, upper));
      discrete.step(gradients, rate);
      note(gradients);
    }
  }

  /**
   * L_cont: minus the mean right-hand side, of every branch with controls and not only of the one
   * that the discrete policy chooses, so that branches are right before they are chosen.
   */
  private NDArray continuousLoss(Point point, List<NDArray> places, NDManager step) {
    RightHandSide right = networks.rightHandSide();
    NDList controlled = new NDList();
    for (int b = 0; b < places.size(); b++) {
      if (places.get(b) != null) {
        controlled.add(right.value(b, point, places.get(b), networks.value(), step));
      }
    }
    return Arrange.joined(controlled).mean().div(networks.value().scale()).neg();
  }

  /**
   * Steps on L_val, on targets that are held meanwhile. Then the target copy follows.
   *
   * @param rates of all steps
   */
  void trainValue(double[] rates) {
    ValueNetwork network = networks.value();
    try (NDManager held = manager.newSubManager()) {
      ValueTargets targets = ValueTargets.draw(networks, samples, training.batch(), held);
      for (double rate : rates) {
        try (NDManager step = held.newSubManager()) {
          Gradients gradients =
              Gradients.unread(
                  network.network().parameters(),
                  step,
                  leaves -> targets.loss(network, leaves, slopeWeight));
          value.step(gradients, rate);
          note(gradients);
        }
      }
    }
    network.target().update();
  }

  /**
   * Forgets past gradients. Adam divides by the root of their mean square over a thousand steps:
   * those of the beginning, a thousand times as large, would hold policies where they are.
   */
  void forget() {
    value.forget();
    forgetPolicies();
  }

  /** Forgets past gradients of the policies. */
  void forgetPolicies() {
    if (continuous != null) {
      continuous.forget();
    }
    if (discrete != null) {
      discrete.forget();
    }
  }

  /** Keeps a loss to look at. */
  private void note(Gradients gradients) {
    NDArray sum = losses.add(gradients.lossOnDevice());
    sum.attach(manager);
    losses.close();
    losses = sum;
  }

  /** The sum of all losses so far, on the device: finite if all were. */
  NDArray losses() {
    return losses;
  }

  /**
   * T V - V at points, whose prices are forecasts: shape (n, 1).
   *
   * @param beside receives T V
   */
  NDArray gap(Point point, NDManager scope, NDList beside) {
    NDArray right = networks.solved(point, networks.fixedPlaces(point), scope);
    beside.add(right);
    return right.sub(networks.value().value(point, scope));
  }

  /**
   * Corrects the slow modes of value iteration in closed form.
   *
   * @param points at which the gap is looked at, in every exogenous state
   * @param rescale whether the network's scale follows the gap that is left
   */
  void correct(AffineModes modes, int points, boolean rescale) {
    try (NDManager scope = manager.newSubManager()) {
      Samples.Batch batch = samples.drawInEveryState(points, scope);
      Point point = networks.point(batch, batch.inputs(), true);
      int states = networks.exogenous().size();
      NDArray gap = gap(point, scope, new NDList()).reshape(points, states);
      NDList moments = new NDList();
      for (NDArray moment : point.momentInputs().subList(0, networks.value().slopes())) {
        moments.add(moment.get(new NDIndex("::{}", states)));
      }
      AffineModes.Correction correction = modes.of(gap, moments, scope);
      networks.value().add(correction.added());
      if (rescale) {
        rescale(correction.left(), scope);
      }
    }
  }

  /** What is left of the gap and what the network has learnt together are of order one. */
  private void rescale(NDArray gap, NDManager scope) {
    NDArray scale = gap.square().mean().sqrt().reshape(1);
    NDArray larger = scale.maximum(networks.value().scale());
    networks.value().rescale(larger);
    if (networks.discrete() != null) {
      networks.discrete().rescale(larger);
    }
  }

  /** Adds what training goes on from; a solve starts with {@link #forget}. */
  void save(Map<String, double[]> state, Readout readout) {
    state.put("neural.target", readout.read(target()));
    state.put("neural.affine", readout.read(networks.value().affine()));
    state.put("neural.scale", readout.read(networks.value().scale()));
    state.put(VALUE, readout.read(networks.value().network().parameters()));
    if (continuous != null) {
      state.put(CONTINUOUS, readout.read(networks.continuousParameters()));
    }
    if (discrete != null) {
      state.put(DISCRETE, readout.read(discrete.network().parameters()));
      state.put("neural.discrete.unit", readout.read(networks.discrete().unit()));
    }
  }

  /** Continues from {@link #save}. */
  void restore(Map<String, double[]> state) {
    set(target(), state, "neural.target");
    set(new NDList(networks.value().affine()), state, "neural.affine");
    set(new NDList(networks.value().scale()), state, "neural.scale");
    set(networks.value().network().parameters(), state, VALUE);
    if (continuous != null) {
      set(networks.continuousParameters(), state, CONTINUOUS);
    }
    if (discrete != null) {
      set(discrete.network().parameters(), state, DISCRETE);
      set(new NDList(networks.discrete().unit()), state, "neural.discrete.unit");
    }
  }

  private NDList target() {
    return networks.value().target().network().parameters();
  }

  /** Sets arrays to what was saved of arrays of the same sizes. */
  private static void set(NDList arrays, Map<String, double[]> state, String name) {
    double[] saved = get(state, name);
    long size = arrays.stream().mapToLong(NDArray::size).sum();
    if (saved.length != size) {
      throw new InvalidInputException(
          ("the checkpoint holds %s of %,d numbers but these networks have %,d: it was written with"
                  + " other settings or by another version; start anew")
              .formatted(name, saved.length, size));
    }
    Parameters.set(arrays, saved);
  }

  /** A saved array. */
  static double[] get(Map<String, double[]> state, String name) {
    double[] saved = state.get(name);
    if (saved == null) {
      throw new InvalidInputException(
          "the checkpoint does not hold %s: it was not written by the method neural with these"
                  .formatted(name)
              + " settings; start anew");
    }
    return saved;
  }

  @Override
  public void close() {
    value.close();
    if (continuous != null) {
      continuous.close();
    }
    if (discrete != null) {
      discrete.close();
    }
    manager.close();
  }
}
