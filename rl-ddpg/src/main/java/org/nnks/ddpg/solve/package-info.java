/**
 * Learners as solvers of the agents' problem in the Krusell-Smith loop: {@link
 * org.nnks.ddpg.solve.Learning} makes them, {@link org.nnks.ddpg.solve.LearningCurve} says how good
 * they were in the course of a training.
 */
package org.nnks.ddpg.solve;
