package org.nnks.cli.progress;

import org.nnks.core.archive.RunSettings;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.run.Device;

/** The device that settings ask for. */
public final class Devices {

  private Devices() {}

  /**
   * The device that settings ask for.
   *
   * @throws InvalidInputException if it does not exist
   */
  public static Device of(RunSettings settings) {
    try {
      // A GPU that nobody asked for pays where networks are trained, if anywhere.
      boolean cpu =
          !settings.method().usesDevice()
              || !settings.method().trains() && settings.device() == Device.Choice.AUTO;
      Device.Choice choice = cpu ? Device.Choice.CPU : settings.device();
      return Device.open(choice, settings.threads());
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(e.getMessage(), e);
    }
  }
}
