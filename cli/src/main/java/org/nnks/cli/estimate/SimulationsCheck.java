package org.nnks.cli.estimate;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import org.nnks.sbi.Constant;
import org.nnks.sbi.Data;
import org.nnks.sbi.PriorFit;

/**
 * What can be seen of simulations before anything is learned from them.
 *
 * @param fits of each parameter to its prior
 * @param constants what is the same in all that were learned from
 * @param contradicted those that the observed data differ from
 */
record SimulationsCheck(
    List<PriorFit> fits, List<Constant> constants, List<Constant> contradicted) {

  /** Constants that a sentence names; it counts the others. */
  private static final int NAMED = 5;

  static SimulationsCheck of(List<PriorFit> fits, List<Constant> constants, Data observed) {
    return new SimulationsCheck(
        fits, constants, constants.stream().filter(c -> c.contradictedBy(observed)).toList());
  }

  /** What was left out, as a clause to append; or nothing. */
  String remark() {
    return constants.isEmpty()
        ? ""
        : "; left out of what was learned, as all simulations have the same there: "
            + named(constants);
  }

  /** What speaks against any posterior from these simulations, one clause each. */
  List<String> violations() {
    List<String> violations = new ArrayList<>();
    fits.stream()
        .filter(PriorFit::rejected)
        .map(
            fit ->
                "%s of the simulations does not follow its prior (distribution functions %.2f apart), so this is the posterior under another prior"
                    .formatted(fit.name(), fit.distance()))
        .forEach(violations::add);
    if (!contradicted.isEmpty()) {
      violations.add(
          "no simulation explains the observed data, which differ where all simulations are the same: "
              + named(contradicted));
    }
    return violations;
  }

  private static String named(List<Constant> constants) {
    String first = constants.stream().limit(NAMED).map(Constant::toString).collect(joining(", "));
    int others = constants.size() - NAMED;
    return others > 0 ? first + " and %d more".formatted(others) : first;
  }
}
