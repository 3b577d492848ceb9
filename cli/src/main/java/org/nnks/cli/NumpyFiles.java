package org.nnks.cli;

import org.nnks.core.archive.RunFolder;
import org.nnks.core.archive.RunResults;
import org.nnks.npy.NpyFiles;

/** The arrays of a run for Python. */
final class NumpyFiles {

  private NumpyFiles() {}

  /** Writes path, histogram, value and policy. */
  static void write(RunFolder folder, RunResults results) {
    NpyFiles.write(folder.pathNpy(), results.path().toMatrix());
    NpyFiles.write(folder.histogramNpy(), results.slices().distribution());
    NpyFiles.write(folder.valueNpy(), results.slices().value());
    NpyFiles.write(folder.policyNpy(), results.slices().target());
  }
}
