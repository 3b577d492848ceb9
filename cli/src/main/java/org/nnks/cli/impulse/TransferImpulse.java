package org.nnks.cli.impulse;

import java.util.Map;
import java.util.function.IntConsumer;
import org.nnks.core.bellman.BellmanSolution;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.ImpulseResponse;
import org.nnks.krusellsmith.HouseholdRule;
import org.nnks.krusellsmith.HouseholdSolution;
import org.nnks.krusellsmith.KrusellSmith;
import org.nnks.krusellsmith.Transfer;
import org.nnks.krusellsmith.TransferResponse;

/**
 * The response to a transfer of capital between thirds of households.
 *
 * @param economy the economy
 * @param shock the transfer
 */
public record TransferImpulse(KrusellSmith economy, Transfer shock) implements Impulse {

  /** The name on the command line. */
  public static final String NAME = "transfer";

  /**
   * A transfer, {@code size} in units of capital.
   *
   * @throws InvalidInputException if an option is out of range
   */
  public static TransferImpulse of(KrusellSmith economy, ImpulseOptions options) {
    if (options.state() != null) {
      throw new InvalidInputException(
          "--state is for shocks to the aggregate state, not for a transfer: leave it out");
    }
    try {
      return new TransferImpulse(
          economy,
          new Transfer(
              options.size().orElse(1) * Transfer.LIU_AMOUNT,
              options.economies().orElse(Transfer.ECONOMIES),
              options.horizon()));
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(e.getMessage(), e);
    }
  }

  @Override
  public Map<String, String> facts() {
    return Map.of();
  }

  @Override
  public ImpulseResponse respond(BellmanSolution agents, Seeds seeds, IntConsumer listener) {
    HouseholdRule rule = ((HouseholdSolution) agents).rule();
    try {
      return TransferResponse.of(economy, rule, shock, seeds, listener);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(e.getMessage(), e);
    }
  }
}
