import org.nnks.cli.Nnks
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
import org.nnks.inventories.*
import org.nnks.khanthomas.*
import org.nnks.khanthomas.exact.*
import org.nnks.krusellsmith.*

/** A command as in a terminal; its exit code. */
int nnks(String command) { return Nnks.run(command.strip().split(" +")); }

/** Solves a model into the folder runs/MODEL-TIME, or where --out says; the exit code. */
int solve(String model) { return nnks("solve " + model); }
