package org.nnks.cli;

import org.nnks.ddpg.TrainingListener;
import org.nnks.ddpg.TrainingProgress;
import org.nnks.krusellsmith.projection.ProjectionListener;
import org.nnks.krusellsmith.projection.ProjectionProgress;

/** Hears of trainings and projections; does nothing by default. */
interface LearningListener extends TrainingListener, ProjectionListener {

  @Override
  default void iteration(TrainingProgress progress) {}

  @Override
  default void projecting(ProjectionProgress progress) {}
}
