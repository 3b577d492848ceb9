package org.nnks.cli;

import java.util.Iterator;

/** The names of all models, for completion in a shell. Made by picocli. */
final class ModelNames implements Iterable<String> {

  @Override
  public Iterator<String> iterator() {
    return Models.all().stream().<String>map(ModelEntry::name).iterator();
  }
}
