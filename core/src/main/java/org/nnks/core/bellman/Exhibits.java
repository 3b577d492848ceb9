package org.nnks.core.bellman;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nnks.core.statistics.Figure;

/**
 * What a model shows of a solution beyond its history: what a report of it needs and files must
 * keep.
 *
 * @param figures plots
 * @param statistics numbers by names that the model's tables know; finite
 */
public record Exhibits(List<Figure> figures, Map<String, Double> statistics) {

  /** Keeps its own, in order, and checks the numbers. */
  public Exhibits {
    figures = List.copyOf(figures);
    statistics = Collections.unmodifiableMap(new LinkedHashMap<>(statistics));
    statistics.forEach(
        (name, value) -> {
          if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(
                "the statistic '%s' must be finite but is %s".formatted(name, value));
          }
        });
  }

  /** These and more. */
  public Exhibits and(List<Figure> moreFigures, Map<String, Double> moreStatistics) {
    List<Figure> allFigures = new ArrayList<>(figures);
    allFigures.addAll(moreFigures);
    Map<String, Double> allStatistics = new LinkedHashMap<>(statistics);
    allStatistics.putAll(moreStatistics);
    return new Exhibits(allFigures, allStatistics);
  }
}
