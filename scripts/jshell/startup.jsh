import java.io.*
import java.math.*
import java.nio.file.*
import java.util.*
import java.util.concurrent.*
import java.util.function.*
import java.util.stream.*
import org.nnks.cli.Nnks
import org.nnks.cli.Run
import org.nnks.capitals.*
import org.nnks.core.accuracy.*
import org.nnks.core.agents.*
import org.nnks.core.archive.*
import org.nnks.core.bellman.*
import org.nnks.core.economy.*
import org.nnks.core.forecast.*
import org.nnks.core.markov.*
import org.nnks.core.model.*
import org.nnks.core.neural.*
import org.nnks.core.numeric.*
import org.nnks.core.numeric.Vector
import org.nnks.core.oracle.*
import org.nnks.core.projection.*
import org.nnks.core.run.*
import org.nnks.core.sequence.*
import org.nnks.core.simulate.*
import org.nnks.core.solve.*
import org.nnks.core.statistics.*
import org.nnks.core.symbolic.*
import org.nnks.inventories.*
import org.nnks.khanthomas.*
import org.nnks.khanthomas.exact.*
import org.nnks.krusellsmith.*

/** A command as in a terminal; its exit code, 0 or 1. */
int nnks(String command) {
  int code = Nnks.run(command.strip().split(" +"));
  if (code > 1) throw new IllegalArgumentException("nnks " + command + " ended with exit code " + code);
  return code;
}

/** Solves a model into the folder runs/MODEL-TIME, or where --out says. */
Run solve(String model) { return Run.solve(model); }

/** Opens an earlier solve. */
Run open(String folder) { return Run.open(Path.of(folder)); }
