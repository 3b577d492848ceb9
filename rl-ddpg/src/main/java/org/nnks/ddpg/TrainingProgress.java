package org.nnks.ddpg;

/**
 * Where a training stands.
 *
 * @param iteration counted from 1
 * @param iterations of the whole training
 * @param criticLoss the critic's loss on its minibatch; NaN while the critic does not learn yet
 * @param actorError root mean square over the minibatch of the actor's first-order condition, in
 *     units of u'(c) c: for log utility the unit-free Euler error of the learned value; NaN for a
 *     critic Q(s, a), which does not know it
 * @param meanCapital K, mean over economies, in units of k
 */
public record TrainingProgress(
    long iteration, int iterations, double criticLoss, double actorError, double meanCapital) {}
