package org.nnks.cli.report;

import java.nio.file.Path;
import java.util.List;
import org.nnks.cli.tables.FileNames;
import org.nnks.cli.tables.FreshFolder;

/** Figures as files: SVG and PDF. */
final class FigureFiles {

  private FigureFiles() {}

  /** Writes each figure twice, under a name made of its caption, in the place of earlier ones. */
  static void write(Path folder, List<Figures.Captioned> figures) {
    FileNames names = new FileNames();
    FreshFolder fresh = FreshFolder.in(folder);
    for (Figures.Captioned figure : figures) {
      if (!figure.chart().empty()) {
        String name = names.of(figure.caption());
        fresh.write(name + ".svg", figure.chart().svg());
        fresh.write(name + ".pdf", figure.chart().pdf());
      }
    }
  }
}
