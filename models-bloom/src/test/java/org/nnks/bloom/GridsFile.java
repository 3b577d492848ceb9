package org.nnks.bloom;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The grids and chains of the reference program, by their headings. */
final class GridsFile {

  private final Map<String, List<Double>> blocks = new LinkedHashMap<>();

  GridsFile() {
    try (InputStream stream = GridsFile.class.getResourceAsStream("grids.txt")) {
      List<Double> block = null;
      for (String line : new String(stream.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
        String text = line.strip().replaceAll("\\s+", " ");
        if (Character.isLetter(text.charAt(0))) {
          block = new ArrayList<>();
          blocks.put(text, block);
        } else {
          for (String number : text.split(" ")) {
            block.add(Double.parseDouble(number));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  double[] block(String heading) {
    return blocks.get(heading).stream().mapToDouble(Double::doubleValue).toArray();
  }
}
