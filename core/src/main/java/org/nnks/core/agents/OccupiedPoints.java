package org.nnks.core.agents;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * The points of each group that are to be solved in each own state: all, or those where there are
 * agents, or of these those to whom the branch is open. Rows are numbered with own states fastest.
 */
final class OccupiedPoints {

  private final int[][] groups;
  private final int own;

  /** The first cell of the own state of a row. */
  private final int[] first;

  private final Rows all;
  private final Rows withAgents;
  private final Rows open;

  /** All, or those with agents. */
  private Rows present;

  /** What is to be solved. */
  private Rows solved;

  /** Some points of every row. */
  private static final class Rows {
    private final int[][] points;
    private final int[] counts;

    Rows(int rows) {
      points = new int[rows][];
      counts = new int[rows];
    }
  }

  /** All points of groups. */
  OccupiedPoints(int[][] groups, int own, int points) {
    this.groups = groups;
    this.own = own;
    first = new int[groups.length * own];
    Arrays.setAll(first, row -> row % own * points);
    all = new Rows(first.length);
    Arrays.setAll(all.points, row -> groups[row / own]);
    Arrays.setAll(all.counts, row -> groups[row / own].length);
    withAgents = new Rows(first.length);
    open = new Rows(first.length);
    everywhere();
  }

  /** Solves all points from now on. */
  void everywhere() {
    present = all;
    solved = all;
  }

  /** Passes over cells without mass from now on. */
  void onlyWhere(double[] mass) {
    choose(all, withAgents, cell -> mass[cell] != 0);
    present = withAgents;
    solved = withAgents;
  }

  /** Passes over cells where the branch is not open, too. */
  void onlyWhere(boolean[] isOpen) {
    choose(present, open, cell -> isOpen[cell]);
    solved = open;
  }

  /** Solves the branch wherever there may be agents. */
  void whereverPresent() {
    solved = present;
  }

  private void choose(Rows from, Rows to, IntPredicate wanted) {
    for (int row = 0; row < first.length; row++) {
      if (to.points[row] == null) {
        to.points[row] = new int[groups[row / own].length];
      }
      int count = 0;
      for (int i = 0; i < from.counts[row]; i++) {
        int point = from.points[row][i];
        if (wanted.test(first[row] + point)) {
          to.points[row][count++] = point;
        }
      }
      to.counts[row] = count;
    }
  }

  /** The number of rows: groups times own states. */
  int rows() {
    return first.length;
  }

  /** The number of points to be solved in a row. */
  int count(int row) {
    return solved.counts[row];
  }

  /** A point of a row. */
  int point(int row, int i) {
    return solved.points[row][i];
  }

  /** The cell of a point of a row. */
  int cell(int row, int i) {
    return first[row] + solved.points[row][i];
  }
}
