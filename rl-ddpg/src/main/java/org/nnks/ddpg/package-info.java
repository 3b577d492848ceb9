/**
 * Deep deterministic policy gradient for economies with known transitions: Liu (2024), "Solving and
 * estimating heterogeneous agent models with reinforcement learning and simulation-based
 * inference", section 2 and Algorithm 1.
 *
 * <ul>
 *   <li>{@link org.nnks.ddpg.environments.Environment}: what the learner may know of an economy.
 *       Capital moves deterministically given state and action; shocks are exogenous, so that
 *       expectations can be drawn or computed by quadrature. {@link
 *       org.nnks.ddpg.environments.LinearRegulator}, {@link
 *       org.nnks.ddpg.environments.GrowthEnvironment} and {@link
 *       org.nnks.ddpg.environments.HouseholdEnvironment} are such economies.
 *   <li>{@link org.nnks.ddpg.Ddpg}: Algorithm 1 with the paper's three changes and, each a switch
 *       of {@link org.nnks.ddpg.DdpgConfig}, what makes it accurate.
 *   <li>{@link org.nnks.ddpg.Replay}: cross-sections instead of transitions, 12 bytes a transition.
 * </ul>
 *
 * <p>Everything is in double precision on the CPU; the same seed gives the same bits.
 */
package org.nnks.ddpg;
