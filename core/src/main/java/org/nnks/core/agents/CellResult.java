package org.nnks.core.agents;

import org.nnks.core.symbolic.Program;

/**
 * A result of a program by cells, or by own states and nodes for one group of points after the
 * other. Its first axis is that of e.
 */
final class CellResult {

  /** The axis of own states. */
  static final int OWN = 0;

  /** The axis of points. */
  static final int POINT = 1;

  private final Program program;
  private final int root;
  private final int own;
  private final int other;
  private final int length;
  private final int group;
  private double[] levels;
  private int start;

  /**
   * A result.
   *
   * @param root its position in the program
   * @param axis the other axis beside own states
   * @param length of that axis
   */
  CellResult(Program program, int root, int axis, int length) {
    this.program = program;
    this.root = root;
    this.length = length;
    other = program.varies(root, axis) ? 1 : 0;
    int row = other == 1 ? length : 1;
    group = axis != POINT && program.varies(root, POINT) ? row : 0;
    own = program.varies(root, OWN) ? group == 0 ? row : row * program.size(POINT) : 0;
  }

  /** Moves to a group of points, if the other axis is not that of points. */
  void moveTo(int number) {
    start = number * group;
  }

  CellResult evaluate() {
    levels = program.evaluate(root);
    return this;
  }

  double at(int e, int i) {
    return levels[start + e * own + i * other];
  }

  double at(int cell) {
    return at(cell / length, cell % length);
  }

  /** Adds the results of an own state to a sum. */
  void addTo(double[] sum, int e) {
    int first = start + e * own;
    for (int i = 0; i < length; i++) {
      sum[i] += levels[first + i * other];
    }
  }

  /** Grows whenever the result may have changed. */
  long version() {
    return program.version(root);
  }
}
