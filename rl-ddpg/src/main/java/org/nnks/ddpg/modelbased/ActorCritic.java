package org.nnks.ddpg.modelbased;

import org.nnks.core.nets.Network;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;

/**
 * The networks of a learner, and how they see points: with the summary of their cross-section, if
 * there is a summary network.
 *
 * @param summary null for none
 */
record ActorCritic(ActorNetwork actor, CriticNetwork critic, Summary summary)
    implements AutoCloseable {

  /** New networks for a model. */
  static ActorCritic draw(GradientConfig config, Model model, Device device, Seeds seeds) {
    int outputs = config.networks().summaryOutputs();
    double[] cells = model.cells();
    Summary summary =
        outputs == 0
            ? null
            : new Summary(
                config,
                cells,
                cells.length / Model.CELL_INPUTS,
                device,
                seeds.stream("initial summary"));
    int inputs = model.inputs() + outputs;
    return new ActorCritic(
        new ActorNetwork(config, inputs, model.heads(), device, seeds.stream("initial actor")),
        new CriticNetwork(
            config, inputs, model.heads(), summary, device, seeds.stream("initial critic")),
        summary);
  }

  /** The inputs of points as they are seen now. */
  double[] rows(Points points) {
    return rows(points, summaries(summary == null ? null : summary.network(), points));
  }

  private static double[] rows(Points points, double[] summaries) {
    return join(points.inputs(), points, summaries);
  }

  /** Rows of points, each followed by the summary of its cross-section; null for none. */
  static double[] join(double[] rows, Points points, double[] summaries) {
    if (summaries == null) {
      return rows;
    }
    int own = rows.length / points.rows();
    int outputs = summaries.length / points.sections().count();
    double[] joined = new double[points.rows() * (own + outputs)];
    for (int row = 0; row < points.rows(); row++) {
      int at = row * (own + outputs);
      System.arraycopy(rows, row * own, joined, at, own);
      System.arraycopy(summaries, points.sections().of()[row] * outputs, joined, at + own, outputs);
    }
    return joined;
  }

  private double[] summaries(Network phi, Points points) {
    return phi == null
        ? null
        : summary.of(phi, points.sections().masses(), points.sections().count());
  }

  /** The directions of own capital at points. */
  double[] directions(Points points) {
    double[] still =
        summary == null
            ? null
            : new double[points.sections().count() * summary.network().spec().outputs()];
    return join(points.directions(), points, still);
  }

  /** The actions as they are. */
  double[] actions(Points points) {
    return actor.actions(actor.network(), points, rows(points));
  }

  /** The actions that are reported: those of the averages of the networks' paths. */
  double[] averaged(Points points) {
    return averaged(
        points, summaries(summary == null ? null : summary.average().network(), points));
  }

  /**
   * The same.
   *
   * @param summaries S of the points' cross-sections; null without a summary network
   */
  double[] averaged(Points points, double[] summaries) {
    return actor.actions(actor.average().network(), points, rows(points, summaries));
  }

  /** What the target networks say. */
  CriticNetwork.Values target(Points points) {
    double[] summaries = summaries(summary == null ? null : summary.target().network(), points);
    return critic.values(
        critic.target().network(), points, rows(points, summaries), directions(points));
  }

  /** Targets and averages follow. */
  void follow() {
    critic.target().update();
    actor.average().update();
    if (summary != null) {
      summary.follow();
    }
  }

  /** Arrays that the managers of networks and constants hold: constant from step to step. */
  int managedArrays() {
    return actor.managedArrays()
        + critic.managedArrays()
        + (summary == null ? 0 : summary.managedArrays());
  }

  @Override
  public void close() {
    if (summary != null) {
      summary.close();
    }
    critic.close();
    actor.close();
  }
}
