package org.nnks.cli.estimate;

import java.util.List;
import org.nnks.sbi.Parameter;
import org.nnks.sbi.Prior;

/**
 * A prior as JSON: {@code {"parameters": [{"name": "rho", "law": "UNIFORM", "arguments": [0.9,
 * 0.999]}]}}.
 *
 * @param parameters independent of one another, in the order of the simulations
 */
record PriorFile(List<Parameter> parameters) {

  Prior prior() {
    return new Prior(parameters);
  }
}
