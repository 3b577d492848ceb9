/**
 * Economies as a learner sees them: {@link org.nnks.ddpg.environments.Environment}. Capital moves
 * deterministically given state and action; shocks are exogenous, so that expectations can be drawn
 * or computed by quadrature. {@link org.nnks.ddpg.environments.GrowthEnvironment} and {@link
 * org.nnks.ddpg.environments.HouseholdEnvironment} are such economies. They know no algorithm.
 */
package org.nnks.ddpg.environments;
