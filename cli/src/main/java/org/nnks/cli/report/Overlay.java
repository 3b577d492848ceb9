package org.nnks.cli.report;

import java.nio.file.Path;
import org.nnks.core.archive.PathCsv;

/** Two paths on the same shocks in the same figures. */
public final class Overlay {

  private Overlay() {}

  /**
   * Writes a figure of each variable that both paths have, as SVG and PDF.
   *
   * @param folder for the figures, in the place of earlier files
   * @param firstName of the first path, in the legends
   * @param first drawn in full
   * @param secondName of the second path
   * @param second dashed
   * @throws java.io.UncheckedIOException if they cannot be written
   */
  public static void write(
      Path folder, String firstName, PathCsv first, String secondName, PathCsv second) {
    FigureFiles.write(folder, Figures.overlay(firstName, first, secondName, second));
  }
}
