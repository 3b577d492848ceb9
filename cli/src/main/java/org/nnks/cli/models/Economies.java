package org.nnks.cli.models;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.nnks.core.economy.EconomyProvider;
import org.nnks.core.io.InvalidInputException;

/**
 * The jars of {@code --with}: while it is open, classes and services are looked for in them too, by
 * the class loader of the thread's context.
 */
public final class Economies implements AutoCloseable {

  /** Where a jar names the economies that it brings. */
  public static final String SERVICE = "META-INF/services/" + EconomyProvider.class.getName();

  /** The option that names them. */
  public static final String OPTION = "--with";

  private final ClassLoader before;
  private final Jars loader;

  private Economies(ClassLoader before, Jars loader) {
    this.before = before;
    this.loader = loader;
  }

  /** Their class loader, which can be told from others. */
  private static final class Jars extends URLClassLoader {

    Jars(List<URL> urls, ClassLoader parent) {
      super(urls.toArray(URL[]::new), parent);
    }
  }

  /**
   * Opens jars, or folders of classes.
   *
   * @throws InvalidInputException if one is not there or brings no economy
   */
  public static Economies open(List<Path> jars) {
    List<URL> urls = new ArrayList<>();
    for (Path jar : jars) {
      urls.add(url(jar));
    }
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    Jars loader = new Jars(urls, before);
    thread.setContextClassLoader(loader);
    return new Economies(before, loader);
  }

  private static URL url(Path jar) {
    if (!Files.isReadable(jar)) {
      throw new InvalidInputException(
          OPTION
              + " %s cannot be read: give the jar of your economy, as mvn package leaves it in target"
                  .formatted(jar));
    }
    try {
      URL url = jar.toUri().toURL();
      try (URLClassLoader alone = new URLClassLoader(new URL[] {url}, null)) {
        if (alone.findResource(SERVICE) == null) {
          throw new InvalidInputException(
              OPTION
                  + " %s brings no economy: name its EconomyProvider in the file %s of the jar"
                      .formatted(jar, SERVICE));
        }
      }
      return url;
    } catch (MalformedURLException e) {
      throw new InvalidInputException(
          OPTION + " %s is no file: %s".formatted(jar, e.getMessage()), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The class path of Java, and the jars that are open. */
  public static List<String> classPath() {
    List<String> entries =
        new ArrayList<>(List.of(System.getProperty("java.class.path").split(File.pathSeparator)));
    if (Thread.currentThread().getContextClassLoader() instanceof Jars jars) {
      for (URL url : jars.getURLs()) {
        entries.add(Path.of(URI.create(url.toString())).toString());
      }
    }
    return entries;
  }

  /** The option as a command gave it, to be given again: empty, or words and a blank before. */
  public static String option(List<String> command) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < command.size(); i++) {
      if (command.get(i).startsWith(OPTION + "=")) {
        text.append(' ').append(command.get(i));
      } else if (command.get(i).equals(OPTION) && i + 1 < command.size()) {
        text.append(' ').append(OPTION).append(' ').append(command.get(i + 1));
      }
    }
    return text.toString();
  }

  @Override
  public void close() {
    Thread.currentThread().setContextClassLoader(before);
    try {
      loader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
