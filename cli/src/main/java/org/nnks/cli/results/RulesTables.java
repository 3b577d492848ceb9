package org.nnks.cli.results;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.nnks.core.accuracy.PathGap;
import org.nnks.core.numeric.Vector;
import org.nnks.core.sequence.RulesError;
import org.nnks.core.statistics.ComparisonTable;

/** The error of forecast rules as tables to print. */
public final class RulesTables {

  private static final int DECIMALS = 4;
  private static final int LOSS_DECIMALS = 7;
  private static final double PERCENT = 100;

  private RulesTables() {}

  /** One sentence. */
  public static String verdict(RulesError error) {
    String moment = moment(error);
    PathGap gap =
        error.gaps().stream().filter(each -> each.name().equals(moment)).findFirst().orElseThrow();
    return String.format(
        Locale.ROOT,
        "%s: with forecast rules %s is %.4f %% off on average and %.4f %% at most; the method without"
            + " rules %s after %d iterations, and %.1f %% of the states that do not come have no near neighbour%s",
        error.converged() ? "rules judged" : "rules not judged",
        moment,
        gap.meanAbsolute(),
        gap.max(),
        error.converged() ? "converged" : "still changes by %.1e".formatted(error.change()),
        error.iterations(),
        PERCENT * error.farShare(),
        error
            .loss()
            .map(
                loss ->
                    String.format(
                        Locale.ROOT,
                        "; who believes them loses %.2g %% of %s",
                        loss.mean(),
                        loss.of()))
            .orElse(""));
  }

  /** The name of the first moment: the last of the gaps in a state. */
  private static String moment(RulesError error) {
    List<PathGap> gaps = error.byState().get(0).gaps();
    return gaps.get(gaps.size() - 1).name();
  }

  /** Gaps on the whole path, by aggregate state, and of half the path. */
  public static List<ComparisonTable> of(RulesError error) {
    List<ComparisonTable> tables = new ArrayList<>();
    tables.add(
        table(
            "What the forecast rules get wrong (%)",
            "100 log(with rules / without) on the same shocks, after %d periods; without rules by the repeated transition method of Lee (2025)."
                .formatted(error.burnIn()),
            rows("", error.gaps())));
    List<ComparisonTable.Row> states = new ArrayList<>();
    for (RulesError.InState in : error.byState()) {
      String where =
          String.format(
              Locale.ROOT,
              " in state %d (A = %.3f, %d periods)",
              in.state() + 1,
              in.productivity(),
              in.periods());
      states.addAll(rows(where, in.gaps()));
    }
    tables.add(table("The same by aggregate state (%)", "As above.", states));
    error
        .half()
        .ifPresent(
            gaps ->
                tables.add(
                    table(
                        "What half the periods change without rules (%)",
                        "100 log(half / all) over the first half: more periods leave nearer neighbours.",
                        rows("", gaps))));
    error
        .others()
        .ifPresent(
            others ->
                tables.add(
                    table(
                        "What rules of other forms get wrong (%)",
                        "As the first table, each form iterated until its rules are settled.",
                        others.stream()
                            .flatMap(other -> rows(" by " + other.form(), other.gaps()).stream())
                            .toList())));
    error
        .loss()
        .ifPresent(
            loss ->
                tables.add(
                    new ComparisonTable(
                        "What it costs to believe the rules (%% of %s)".formatted(loss.of()),
                        "One agent who always decides by the rules, among others who know the path; in the mean period, and if all were as bad as the worst.",
                        List.of("mean", "largest"),
                        List.of(
                            new ComparisonTable.Row(
                                "loss", LOSS_DECIMALS, Vector.of(loss.mean(), loss.largest()))))));
    return tables;
  }

  /** The form that gains most in the mean gap of the first moment, and what each gains. */
  public static String choice(List<RulesError.OtherRules> forms) {
    double lines = forms.get(0).momentGap();
    String gains =
        forms.stream()
            .skip(1)
            .map(
                other ->
                    String.format(
                        Locale.ROOT,
                        "%s %+.0f %%%s",
                        other.form(),
                        PERCENT * (1 - other.momentGap() / lines),
                        other.converged()
                            ? ""
                            : " (not settled after %d iterations)".formatted(other.iterations())))
            .collect(Collectors.joining(", "));
    RulesError.OtherRules best =
        forms.stream()
            .filter(RulesError.OtherRules::converged)
            .min(Comparator.comparingDouble(RulesError.OtherRules::momentGap))
            .orElseThrow();
    String moment = best.gaps().get(best.gaps().size() - 2).name();
    return "other rules, by how much of the mean gap of %s they take away: %s; the best are %s"
        .formatted(moment, gains.isEmpty() ? "none clears" : gains, best.form());
  }

  private static ComparisonTable table(String title, String note, List<ComparisonTable.Row> rows) {
    return new ComparisonTable(title, note, List.of("mean", "mean absolute", "largest"), rows);
  }

  private static List<ComparisonTable.Row> rows(String where, List<PathGap> gaps) {
    return gaps.stream()
        .map(
            gap ->
                new ComparisonTable.Row(
                    gap.name() + where,
                    DECIMALS,
                    Vector.of(gap.mean(), gap.meanAbsolute(), gap.max())))
        .toList();
  }
}
