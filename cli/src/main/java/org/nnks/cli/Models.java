package org.nnks.cli;

import java.util.List;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.io.Spelling;

/** The models that commands know. */
final class Models {

  /** All models; a new one is added here and nowhere else. */
  static final List<ModelEntry<?>> ALL =
      List.of(new KhanThomasEntry(), new BloomEntry(), new KrusellSmithEntry(), new RbcEntry());

  private Models() {}

  /**
   * The model of a name.
   *
   * @throws InvalidInputException if there is none; the message names the nearest
   */
  static ModelEntry<?> find(String name) {
    for (ModelEntry<?> model : ALL) {
      if (model.name().equals(name)) {
        return model;
      }
    }
    throw new InvalidInputException(
        "unknown model '%s'; %s"
            .formatted(
                name,
                Spelling.suggestion("model", name, ALL.stream().map(ModelEntry::name).toList())));
  }
}
