/**
 * A solver of any declared economy with one or two states that is slow and has nothing in common
 * with the fast ones: {@link org.nnks.core.oracle.GridOracle} judges them. It shares with them the
 * declaration, the evaluation of its equations, and, in a simulation, the distribution of agents
 * and the clearing of markets; how agents decide it finds in its own way.
 */
package org.nnks.core.oracle;
