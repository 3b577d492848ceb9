package org.nnks.cli.progress;

import java.util.function.BooleanSupplier;

/** Says how to continue when the process is ended from outside while a solve runs. */
public final class InterruptNotice {

  private final Thread hook;

  private InterruptNotice(Thread hook) {
    this.hook = hook;
  }

  /**
   * Speaks from now on, until it is removed.
   *
   * @param kept whether there is a checkpoint by then
   */
  public static InterruptNotice install(BooleanSupplier kept, String resume) {
    Thread hook =
        new Thread(() -> System.err.print(text(kept.getAsBoolean(), resume)), "interrupt-notice");
    Runtime.getRuntime().addShutdownHook(hook);
    return new InterruptNotice(hook);
  }

  public static String text(boolean kept, String resume) {
    String state =
        kept
            ? "what was learned or iterated up to the last checkpoint is kept: continue with"
            : "there is no checkpoint yet: begin again, with the same settings, by";
    return "%ninterrupted; %s%n  %s%n".formatted(state, resume);
  }

  /** The solve is over. */
  public void remove() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already, and the notice is being printed.
    }
  }
}
