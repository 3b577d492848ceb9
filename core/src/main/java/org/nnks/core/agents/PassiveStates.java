package org.nnks.core.agents;

import java.util.Arrays;

/**
 * Where states go that no control of a branch sets, by cells, and what a table of values is there.
 */
final class PassiveStates {

  private final ActionGrid grid;
  private final ActionGrid table;
  private final int[] states;
  private final int[] inTable;
  private final CellResult[] nexts;
  private final int own;
  private final int points;
  private final Stencil stencil;

  /** Where each is, in nodes of the table, by cells. */
  private final double[][] place;

  private final long[] version;
  private final double[] reached;

  /** The passive states of a branch's equations. */
  PassiveStates(ActionGrid grid, BranchEquations equations, int own, int points) {
    this.grid = grid;
    this.own = own;
    this.points = points;
    table = equations.table();
    states = equations.structure().passive();
    inTable = Arrays.stream(states).map(equations::inTable).toArray();
    nexts = equations.nexts;
    stencil = new Stencil(table, inTable);
    place = new double[states.length][own * points];
    version = new long[states.length];
    reached = new double[table.states()];
  }

  /**
   * Works out where they go, unless that is known.
   *
   * @param destination receives their levels, within the box: (states, cells)
   */
  void move(double[][] destination) {
    for (int k = 0; k < states.length; k++) {
      CellResult next = nexts[k].evaluate();
      if (next.version() == version[k]) {
        continue;
      }
      version[k] = next.version();
      for (int e = 0, cell = 0; e < own; e++) {
        for (int i = 0; i < points; i++, cell++) {
          double level = grid.clamp(states[k], next.at(e, i));
          destination[states[k]][cell] = level;
          place[k][cell] = table.position(inTable[k], level);
        }
      }
    }
  }

  /** Goes to a cell. */
  void at(int cell) {
    for (int k = 0; k < states.length; k++) {
      stencil.atPosition(k, place[k][cell]);
    }
  }

  /** The value of a table where agents of the cell go, if no other states are in it. */
  double value(double[] values) {
    return stencil.value(values);
  }

  /** Visits the nodes of a table around where agents of the cell go. */
  void visit(Stencil.Part part) {
    stencil.visit(part);
  }

  /** Where states of the table are at a cell, in nodes; others than these are to be filled in. */
  double[] reached(int cell) {
    for (int k = 0; k < states.length; k++) {
      reached[inTable[k]] = place[k][cell];
    }
    return reached;
  }
}
