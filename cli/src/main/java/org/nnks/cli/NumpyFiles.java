package org.nnks.cli;

import org.nnks.core.archive.RunFolder;
import org.nnks.core.archive.RunResults;
import org.nnks.npy.NpyFiles;

/** The arrays of a run for Python. */
final class NumpyFiles {

  private NumpyFiles() {}

  /** Writes the path and the arrays of the solution. */
  static void write(RunFolder folder, RunResults results) {
    NpyFiles.write(folder.pathNpy(), results.path().toMatrix());
    results.arrays().forEach((name, array) -> NpyFiles.write(folder.npy(name), array));
  }
}
