package org.nnks.cli.models;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.nnks.core.economy.EconomyProvider;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.io.Spelling;

/**
 * The models that commands know: those of nnks, and declared economies that {@link ServiceLoader}
 * finds in the jars of {@code --with} and on the class path.
 */
public final class Models {

  /** The models of nnks; a new one is added here and nowhere else. */
  private static final List<ModelEntry<?>> OWN =
      List.of(new KhanThomasEntry(), new BloomEntry(), new KrusellSmithEntry(), new RbcEntry());

  private Models() {}

  /**
   * All models, those of nnks first.
   *
   * @throws InvalidInputException if a jar names an economy that cannot be used
   */
  public static List<ModelEntry<?>> all() {
    List<ModelEntry<?>> all = new ArrayList<>(OWN);
    try {
      for (EconomyProvider<?> provider : ServiceLoader.load(EconomyProvider.class)) {
        all.add(entry(provider, all));
      }
    } catch (ServiceConfigurationError | LinkageError e) {
      Throwable reason = e.getCause() == null ? e : e.getCause();
      throw new InvalidInputException(
          "an economy on the class path cannot be loaded: %s; its jar must fit this version of nnks"
              .formatted(reason.getMessage() == null ? reason : reason.getMessage()),
          e);
    }
    return all;
  }

  private static ModelEntry<?> entry(EconomyProvider<?> provider, List<ModelEntry<?>> others) {
    ModelEntry<?> entry = DeclaredEntry.of(provider);
    for (ModelEntry<?> other : others) {
      if (other.name().equals(entry.name())) {
        throw new InvalidInputException(
            "%s brings an economy of the name '%s', which another model has: give it a name of its own"
                .formatted(provider.getClass().getName(), entry.name()));
      }
    }
    return entry;
  }

  /**
   * The model of a name.
   *
   * @throws InvalidInputException if there is none; the message names the nearest
   */
  public static ModelEntry<?> find(String name) {
    List<ModelEntry<?>> all = all();
    for (ModelEntry<?> model : all) {
      if (model.name().equals(name)) {
        return model;
      }
    }
    throw new InvalidInputException(
        "unknown model '%s'; %s; economies of your own come with --with FILE.jar or NNKS_CLASSPATH"
            .formatted(
                name,
                Spelling.suggestion("model", name, all.stream().map(ModelEntry::name).toList())));
  }
}
