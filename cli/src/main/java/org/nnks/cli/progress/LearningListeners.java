package org.nnks.cli.progress;

import java.util.List;
import org.nnks.ddpg.TrainingProgress;
import org.nnks.krusellsmith.projection.ProjectionProgress;

/** Several listeners as one, called in order. */
public record LearningListeners(List<LearningListener> listeners) implements LearningListener {

  @Override
  public void iteration(TrainingProgress progress) {
    listeners.forEach(listener -> listener.iteration(progress));
  }

  @Override
  public void projecting(ProjectionProgress progress) {
    listeners.forEach(listener -> listener.projecting(progress));
  }
}
