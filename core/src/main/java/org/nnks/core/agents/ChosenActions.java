package org.nnks.core.agents;

import java.util.Arrays;
import org.nnks.core.economy.DeclaredEconomy;

/**
 * What actions are worth when continuation values change but actions do not: the evaluations of
 * modified policy iteration (Puterman and Shin, 1978), at the points of an {@link AgentProblem}.
 *
 * <p>Beside what was found, V = W - C(x') + C(x'), the new V is W - C(x') + C'(x'), with either
 * read between nodes in the same way: so that no way of reading moves the fixed point. Where
 * several branches are taken, C(x') is their mean. Numbers that only say where to read are in
 * single precision. Not thread-safe.
 */
public final class ChosenActions {

  private final DeclaredEconomy economy;
  private final ActionGrid grid;
  private final int cells;
  private final Block[] blocks;
  private final double[] values;

  /** The actions of all cells in one aggregate state, at one node of moments. */
  private final class Block {
    /** W - C(x'). */
    private final double[] rest = new double[cells];

    /** Who takes which branch: the cell, and how probably. */
    private int[] cell = new int[cells];

    private float[] probability = new float[cells];

    /** Where they go: the node below in every state, and how far beyond, as a share. */
    private int[] node = new int[cells];

    private final float[][] beyond = new float[grid.states()][cells];

    private int count;

    private void makeRoom(int entries) {
      if (entries > cell.length) {
        cell = new int[entries];
        node = new int[entries];
        probability = new float[entries];
        for (int s = 0; s < beyond.length; s++) {
          beyond[s] = new float[entries];
        }
      }
    }

    private void remember(AgentProblem problem) {
      int branches = economy.branches().size();
      int entries = 0;
      for (int b = 0; b < branches; b++) {
        entries += economy.branches().get(b).leaves() ? 0 : problem.takerCount(b);
      }
      makeRoom(entries);
      count = 0;
      for (int b = 0; b < branches; b++) {
        if (!economy.branches().get(b).leaves()) {
          remember(problem, b);
        }
      }
    }

    private void remember(AgentProblem problem, int b) {
      int[] takers = problem.takers(b);
      double[] share = problem.probability(b);
      int first = count;
      count += problem.takerCount(b);
      for (int i = first; i < count; i++) {
        cell[i] = takers[i - first];
        probability[i] = (float) share[cell[i]];
        node[i] = 0;
      }
      for (int s = 0; s < beyond.length; s++) {
        double[] levels = problem.destination(b, s);
        for (int i = first; i < count; i++) {
          double position = grid.position(s, levels[cell[i]]);
          int below = Math.max(0, Math.min((int) position, grid.nodes(s) - 2));
          node[i] += below * grid.stride(s);
          beyond[s][i] = (float) Math.min(Math.max(position - below, 0), 1);
        }
      }
    }

    /** Adds the mean continuation of every cell, times a factor. */
    private void addContinuation(double factor, double[][] continuation, double[] values) {
      int points = cells / continuation.length;
      for (int i = 0; i < count; i++) {
        double[] table = continuation[cell[i] / points];
        values[cell[i]] += factor * probability[i] * read(table, i, node[i], 0);
      }
    }

    private double read(double[] table, int i, int at, int s) {
      double share = beyond[s][i];
      int next = at + grid.stride(s);
      if (s == beyond.length - 1) {
        return table[at] + share * (table[next] - table[at]);
      }
      double low = read(table, i, at, s + 1);
      return share == 0 ? low : low + share * (read(table, i, next, s + 1) - low);
    }
  }

  /**
   * Actions that nobody has chosen yet.
   *
   * @param grid where continuation values are given
   * @param cells of the problem whose actions these are
   * @param blocks how many such problems there are
   */
  public ChosenActions(DeclaredEconomy economy, ActionGrid grid, int cells, int blocks) {
    this.economy = economy;
    this.grid = grid;
    this.cells = cells;
    this.blocks = new Block[blocks];
    values = new double[cells];
    Arrays.setAll(this.blocks, block -> new Block());
  }

  /**
   * Remembers what a problem has just chosen.
   *
   * @param continuation with which it was solved
   */
  public void remember(int block, AgentProblem problem, double[][] continuation) {
    Block chosen = blocks[block];
    chosen.remember(problem);
    System.arraycopy(problem.value(), 0, chosen.rest, 0, cells);
    chosen.addContinuation(-1, continuation, chosen.rest);
  }

  /** What the actions of a block are worth, by cells; overwritten by the next call. */
  public double[] value(int block, double[][] continuation) {
    Block chosen = blocks[block];
    System.arraycopy(chosen.rest, 0, values, 0, cells);
    chosen.addContinuation(1, continuation, values);
    return values;
  }
}
