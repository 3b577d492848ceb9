/**
 * Deep deterministic policy gradient for economies with known transitions: Liu (2024), "Solving and
 * estimating heterogeneous agent models using machine and reinforcement learning", section 2 and
 * Algorithm 1.
 *
 * <ul>
 *   <li>{@link org.nnks.ddpg.Ddpg}: Algorithm 1 with the paper's three changes, and switches of
 *       {@link org.nnks.ddpg.DdpgConfig} around it.
 *   <li>{@link org.nnks.ddpg.Replay}: cross-sections instead of transitions, 12 bytes a transition.
 *   <li>{@code environments}: what learners may know of an economy.
 *   <li>{@code modelbased}: a gradient through the known budget, another algorithm.
 *   <li>{@code solve}: learners as solvers.
 * </ul>
 *
 * <p>Everything is in double precision on the CPU; the same seed gives the same bits.
 */
package org.nnks.ddpg;
