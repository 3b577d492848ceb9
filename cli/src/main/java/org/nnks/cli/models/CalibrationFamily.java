package org.nnks.cli.models;

import org.nnks.core.archive.RunSettings;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.model.Economy;
import org.nnks.core.numeric.Vector;
import org.nnks.core.parameters.BoxDesign;
import org.nnks.core.parameters.EconomyFamily;
import org.nnks.core.parameters.ParameterBox;
import org.nnks.core.run.Device;

/**
 * The calibrations of a model that differ in the parameters of a box.
 *
 * @param entry the model
 * @param base its other parameters
 * @param box the parameters that vary
 * @param settings how the agents' problem is solved
 * @param device where networks live
 * @param <C> the type of the calibration
 */
public record CalibrationFamily<C extends Record>(
    ModelEntry<C> entry, C base, ParameterBox box, RunSettings settings, Device device)
    implements EconomyFamily {

  /**
   * Checks model and method.
   *
   * @throws InvalidInputException if its solutions are no smooth functions of parameters
   */
  public CalibrationFamily {
    if (!entry.smoothInParameters()) {
      throw new InvalidInputException(
          "--over is for models whose solutions are smooth in their parameters: %s is not, sweep it"
                  .formatted(entry.name())
              + " with nnks sweep");
    }
    if (settings.method() != RunSettings.Method.EXACT) {
      throw new InvalidInputException(
          "--over needs --method exact: what %s finds does not depend smoothly on parameters, or not on the same points for all of them"
              .formatted(settings.method().label()));
    }
  }

  public C calibration(Vector theta) {
    return box.calibrate(base, theta);
  }

  /**
   * Makes sure that there is an economy at every point of a design, with the same aggregate states,
   * and an exact solver to judge by.
   *
   * @throws InvalidInputException if one does not exist; the message names its parameters
   */
  public void requireEconomies(BoxDesign design) {
    openExact(design.point(0)).close();
    int states = economy(design.point(0)).aggregate().size();
    for (int i = 0; i < design.size(); i++) {
      if (economy(design.point(i)).aggregate().size() != states) {
        throw new InvalidInputException(
            "the number of aggregate states cannot be a parameter of --over");
      }
    }
  }

  @Override
  public Economy economy(Vector theta) {
    C calibration = calibration(theta);
    try {
      return entry.economy(calibration);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException("%s: %s".formatted(box.text(theta), e.getMessage()), e);
    }
  }

  @Override
  public BellmanSolver open(Vector theta) {
    return entry.open(calibration(theta), settings, device);
  }

  @Override
  public BellmanSolver openExact(Vector theta) {
    RunSettings exact = entry.settings(RunSettings.Method.EXACT, RunSettings.Preset.DEFAULT);
    return entry.open(calibration(theta), exact, device);
  }
}
