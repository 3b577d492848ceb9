package org.nnks.estimation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a survey found.
 *
 * @param survey how large it was
 * @param moments what it found, by name: of {@link SurveyMoments#names}
 */
public record ObservedSurvey(Survey survey, Map<String, Double> moments) {

  /** Checks that the moments are finite, and keeps its own, in order. */
  public ObservedSurvey {
    moments.forEach(
        (name, value) -> {
          if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(
                "the moment '%s' must be a number: leave out what the survey did not find"
                    .formatted(name));
          }
        });
    moments = Collections.unmodifiableMap(new LinkedHashMap<>(moments));
  }

  /**
   * The micro investment moments of Terry (2017) Table 3, column KS, as if a survey had found them.
   * The share of firms that invest is left out: it is one less inaction and disinvestment.
   */
  public static ObservedSurvey terry2017() {
    Map<String, Double> moments = new LinkedHashMap<>();
    moments.put("investment rate, mean", .0947);
    moments.put("investment rate, standard deviation", .2597);
    moments.put("inaction", .7693);
    moments.put("positive spike", .1724);
    moments.put("negative spike", .0280);
    moments.put("negative investment", .0417);
    return new ObservedSurvey(Survey.cooperHaltiwanger(), moments);
  }
}
