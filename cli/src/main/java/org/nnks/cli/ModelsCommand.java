package org.nnks.cli;

import java.io.PrintWriter;
import org.nnks.core.io.StrictJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code nnks models}: what can be solved. */
@Command(
    name = "models",
    description = "Lists the models and their parameters.",
    mixinStandardHelpOptions = true)
final class ModelsCommand implements Runnable {

  @Spec private CommandSpec spec;

  /** Created by picocli. */
  ModelsCommand() {}

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    for (ModelEntry<?> model : Models.ALL) {
      out.println(model.name() + ": " + model.description());
      out.println("parameters, as --config reads them and --set changes them:");
      out.print(StrictJson.write(model.calibration()));
    }
    out.flush();
  }
}
