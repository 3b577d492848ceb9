package org.nnks.cli.tables;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Names of files after the titles of what they hold, each given once. */
public final class FileNames {

  /** Words of a title that make a name. */
  private static final int WORDS = 6;

  private final Set<String> given = new HashSet<>();

  /**
   * The first words of a title up to a bracket or comma, in small letters and with hyphens; a
   * number follows where others have the same.
   */
  public String of(String title) {
    String plain =
        Normalizer.normalize(title.split("[(,|]")[0].replace('′', ' '), Normalizer.Form.NFD)
            .replaceAll("\\p{M}", "")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", " ")
            .strip();
    String[] words = plain.split(" ");
    String name = String.join("-", java.util.Arrays.copyOf(words, Math.min(words.length, WORDS)));
    String unique = name;
    for (int i = 2; !given.add(unique); i++) {
      unique = name + "-" + i;
    }
    return unique;
  }
}
