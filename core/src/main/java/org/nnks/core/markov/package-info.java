/**
 * Finite Markov chains and the two discretisations of an autoregressive process that
 * heterogeneous-agent papers use.
 *
 * <p>{@link org.nnks.core.markov.MarkovChain#tauchen} is the method behind the published
 * Khan-Thomas and Bloom numbers: choose it to replicate them. {@link
 * org.nnks.core.markov.MarkovChain#rouwenhorst} keeps the persistence and the standard deviation of
 * the process exactly, with any number of states: choose it for a new model, above all when the
 * persistence is near one. With persistence 0.859, five states and a width of 2, Tauchen's chain
 * has a log standard deviation 5.5 % above and an autocorrelation 2 % below the process. At
 * persistence .97 half of its mean reversion is lost, at .995 nearly all: {@link
 * org.nnks.core.markov.DiscretisedProcess} holds each chain against what was asked for, warns where
 * it is far from it, and refuses one that is frozen.
 *
 * <p>Sources: G. Tauchen (1986), "Finite state Markov-chain approximations to univariate and vector
 * autoregressions", Economics Letters 20; K. Rouwenhorst (1995), "Asset pricing implications of
 * equilibrium business cycle models", in T. Cooley (ed.), Frontiers of Business Cycle Research; K.
 * Kopecky and R. Suen (2010), "Finite state Markov-chain approximations to highly persistent
 * processes", Review of Economic Dynamics 13.
 */
package org.nnks.core.markov;
