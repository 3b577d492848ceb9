package org.nnks.cli;

import java.util.List;
import org.nnks.core.archive.RunResults;
import org.nnks.core.model.Economy;
import org.nnks.core.statistics.ComparisonTable;

/**
 * What the command line must know of a model. A model becomes a command by one entry in {@link
 * Models}; nothing else asks which model it is.
 *
 * @param <C> its calibration: a record of numbers that checks itself
 */
interface ModelEntry<C extends Record> {

  /** The name on the command line and in files. */
  String name();

  /** One line for the list of models. */
  String description();

  /** The parameters that are used unless the user says otherwise. */
  C calibration();

  /** The type of the parameters. */
  Class<C> calibrationType();

  /** The economy with these parameters. */
  Economy economy(C calibration);

  /**
   * Published numbers beside ours, in the order to print.
   *
   * @param solveSeconds wall time of the solve
   */
  List<ComparisonTable> tables(RunResults results, double solveSeconds);
}
