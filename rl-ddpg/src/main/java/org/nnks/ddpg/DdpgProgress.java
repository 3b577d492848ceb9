package org.nnks.ddpg;

/**
 * Where a training stands.
 *
 * @param iteration counted from 1
 * @param iterations of the whole training
 * @param criticLoss mean squared error of the critic on its minibatch, in squared units of V; with
 *     the weighted squared error of slopes
 * @param actorError root mean square over the minibatch of the actor's first-order condition, in
 *     units of u'(c) c: for log utility the unit-free Euler error of the learned value; NaN during
 *     pre-training and for a critic Q(s, a)
 * @param meanCapital K, mean over economies, in units of k
 * @param meanAction mean of the actions just taken, in (0, 1)
 */
public record DdpgProgress(
    long iteration,
    int iterations,
    double criticLoss,
    double actorError,
    double meanCapital,
    double meanAction) {}
