/**
 * What the Krusell-Smith loop knows of a model: {@link Economy} and the {@link Aggregates} of a
 * period. Declarations of agents know more; see {@code org.nnks.core.economy}.
 */
package org.nnks.core.model;
