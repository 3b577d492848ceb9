package org.nnks.cli.models;

import java.io.PrintWriter;
import java.util.Collection;
import org.nnks.core.economy.NamedCalibration;
import org.nnks.core.io.StrictJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nnks models}: what can be solved. */
@Command(
    name = "models",
    description = "Lists the models and their parameters, or explains those of one.",
    mixinStandardHelpOptions = true)
public final class ModelsCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "MODEL",
      completionCandidates = ModelNames.class,
      arity = "0..1",
      description = "explains the parameters of one model: symbol, meaning, value and source")
  private String model;

  /** Created by picocli. */
  public ModelsCommand() {}

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    if (model != null) {
      ModelEntry<?> entry = Models.find(model);
      title(out, entry);
      out.println("parameters, for --set and --config; values are those of the first calibration:");
      ParameterTexts.of(entry.calibration(), entry.parameters()).forEach(out::println);
    } else {
      for (ModelEntry<?> entry : Models.all()) {
        title(out, entry);
        out.println("parameters, as --config reads them and --set changes them:");
        out.print(StrictJson.write(entry.calibration()));
      }
    }
    out.flush();
  }

  private static <C extends Record> void title(PrintWriter out, ModelEntry<C> model) {
    out.println(model.name() + ": " + model.description());
    out.println("calibrations, for --calibration; the first is the default:");
    for (NamedCalibration<C> calibration : model.calibrations()) {
      out.printf("  %-24s%s%n", calibration.name(), calibration.description());
    }
    out.println("methods, for --method; the first is the default: " + NamedMethod.list(model));
    names(out, "shocks, for nnks irf --shock: ", model.impulses());
    names(out, "published rules, for --rules: ", model.rules().keySet());
  }

  private static void names(PrintWriter out, String label, Collection<String> names) {
    if (!names.isEmpty()) {
      out.println(label + String.join(", ", names));
    }
  }
}
