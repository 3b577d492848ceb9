package org.nnks.core.io;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds what the user probably meant. */
public final class Spelling {

  private Spelling() {}

  /**
   * A remark for the end of a sentence about an unknown word: the nearest valid word by edit
   * distance, letter case aside; the first of equally near ones.
   */
  public static String suggestion(String kind, String word, Collection<String> valid) {
    return valid.stream()
        .min(Comparator.comparingInt(candidate -> distance(word, candidate)))
        .map(nearest -> "the nearest valid %s is '%s'".formatted(kind, nearest))
        .orElse("there is no valid " + kind);
  }

  /**
   * Where a word stands among the valid ones.
   *
   * @param refusal what is wrong with a word that is none of them
   * @throws InvalidInputException with the refusal and the nearest word, if it is none of them
   */
  public static int find(String refusal, String kind, String word, List<String> valid) {
    int position = valid.indexOf(word);
    if (position < 0) {
      throw new InvalidInputException("%s; %s".formatted(refusal, suggestion(kind, word, valid)));
    }
    return position;
  }

  /** Levenshtein's distance: the fewest insertions, deletions and replacements of letters. */
  static int distance(String first, String second) {
    String a = first.toLowerCase(Locale.ROOT);
    String b = second.toLowerCase(Locale.ROOT);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
