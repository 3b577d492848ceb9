package org.nnks.cli.models;

import java.util.Iterator;

/** The names of all models, for completion in a shell. Made by picocli. */
public final class ModelNames implements Iterable<String> {

  @Override
  public Iterator<String> iterator() {
    return Models.all().stream().<String>map(ModelEntry::name).iterator();
  }
}
