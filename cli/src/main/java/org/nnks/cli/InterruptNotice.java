package org.nnks.cli;

/** Says how to continue when the process is ended from outside while a solve runs. */
final class InterruptNotice {

  private final Thread hook;

  private InterruptNotice(Thread hook) {
    this.hook = hook;
  }

  /** Speaks from now on, until it is removed. */
  static InterruptNotice install(String resume) {
    String text =
        "%ninterrupted; the finished iterations are kept: continue with%n  %s%n".formatted(resume);
    Thread hook = new Thread(() -> System.err.print(text), "interrupt-notice");
    Runtime.getRuntime().addShutdownHook(hook);
    return new InterruptNotice(hook);
  }

  /** The solve is over. */
  void remove() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already, and the notice is being printed.
    }
  }
}
