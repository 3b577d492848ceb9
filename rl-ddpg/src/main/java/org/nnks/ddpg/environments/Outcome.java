package org.nnks.ddpg.environments;

/**
 * What an action does, with the slopes that the known transition gives for free.
 *
 * @param reward u(s, a), in utils
 * @param rewardByAction du/da
 * @param rewardByCapital du/dk at an unchanged action and unchanged aggregates
 * @param next k', in units of output
 * @param nextByAction dk'/da
 * @param nextByCapital dk'/dk at an unchanged action and unchanged aggregates
 */
public record Outcome(
    double reward,
    double rewardByAction,
    double rewardByCapital,
    double next,
    double nextByAction,
    double nextByCapital) {}
