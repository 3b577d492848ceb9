/**
 * What makes a run reproducible: one seed with named random streams, and a record of the versions
 * and the machine behind a result.
 *
 * <p>{@link org.nnks.core.run.Seeds} gives every consumer of random numbers its own stream, named
 * after its purpose ({@code "aggregate"}, {@code "minibatch"}, {@code "init"}), so that adding a
 * consumer or reordering calls changes no other stream. {@link org.nnks.core.run.Provenance} says
 * what made a result.
 */
package org.nnks.core.run;
