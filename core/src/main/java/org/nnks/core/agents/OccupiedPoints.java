package org.nnks.core.agents;

import java.util.Arrays;

/**
 * The points of each group that are to be solved in each own state: all, or those where there are
 * agents. Rows are numbered with own states fastest.
 */
final class OccupiedPoints {

  private final int[][] groups;
  private final int own;

  /** The first cell of the own state of a row. */
  private final int[] first;

  private final int[][] occupied;
  private final int[] counts;

  /** All points of groups. */
  OccupiedPoints(int[][] groups, int own, int points) {
    this.groups = groups;
    this.own = own;
    first = new int[groups.length * own];
    Arrays.setAll(first, row -> row % own * points);
    occupied = new int[groups.length * own][];
    counts = new int[occupied.length];
    everywhere();
  }

  /** Solves all points from now on. */
  void everywhere() {
    for (int row = 0; row < occupied.length; row++) {
      occupied[row] = groups[row / own];
      counts[row] = occupied[row].length;
    }
  }

  /** Passes over cells without mass from now on. */
  void onlyWhere(double[] mass) {
    for (int row = 0; row < occupied.length; row++) {
      int count = 0;
      int[] all = groups[row / own];
      int[] found = occupied[row];
      if (found == all) {
        found = new int[all.length];
      }
      for (int point : all) {
        if (mass[first[row] + point] != 0) {
          found[count++] = point;
        }
      }
      occupied[row] = found;
      counts[row] = count;
    }
  }

  /** The number of rows: groups times own states. */
  int rows() {
    return occupied.length;
  }

  /** The number of points to be solved in a row. */
  int count(int row) {
    return counts[row];
  }

  /** A point of a row. */
  int point(int row, int i) {
    return occupied[row][i];
  }

  /** The cell of a point of a row. */
  int cell(int row, int i) {
    return first[row] + occupied[row][i];
  }
}
