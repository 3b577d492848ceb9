package org.nnks.cli.progress;

import org.nnks.ddpg.DdpgListener;
import org.nnks.ddpg.TrainingProgress;
import org.nnks.krusellsmith.projection.ProjectionListener;
import org.nnks.krusellsmith.projection.ProjectionProgress;

/** Hears of trainings and projections; does nothing by default. */
public interface LearningListener extends DdpgListener, ProjectionListener {

  @Override
  default void iteration(TrainingProgress progress) {}

  @Override
  default void projecting(ProjectionProgress progress) {}
}
