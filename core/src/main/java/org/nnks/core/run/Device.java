package org.nnks.core.run;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import java.util.Locale;

/**
 * Where arrays live: chosen once for a run, and asked for every array after that. Opening a device
 * starts the PyTorch engine.
 */
public final class Device {

  /** What the user asks for. */
  public enum Choice {
    /** The first GPU if the engine sees one, otherwise the CPU. */
    AUTO,
    /** The CPU. */
    CPU,
    /** The first GPU; opening fails if there is none. */
    GPU
  }

  /**
   * Engine threads unless the user says otherwise. At our sizes one thread is as fast as two, and
   * spinning threads beside a busy neighbour ran 7 to 70 times slower.
   */
  public static final int DEFAULT_THREADS = 1;

  private static final String INTRA_OP_THREADS = "ai.djl.pytorch.num_threads";
  private static final String INTER_OP_THREADS = "ai.djl.pytorch.num_interop_threads";

  private final ai.djl.Device device;

  private Device(ai.djl.Device device) {
    this.device = device;
  }

  /**
   * Opens a device with the given number of engine threads. The number counts when the engine
   * starts, so the first call of a process decides. For a CPU the engine starts with the first
   * array: who uses none, such as a grid method, does without it.
   *
   * @throws IllegalArgumentException if a GPU is asked for and there is none
   */
  public static Device open(Choice choice, int threads) {
    System.setProperty(INTRA_OP_THREADS, Integer.toString(threads));
    System.setProperty(INTER_OP_THREADS, "1");
    if (choice == Choice.CPU) {
      return new Device(ai.djl.Device.cpu());
    }
    int gpus = Engine.getInstance().getGpuCount();
    if (choice == Choice.GPU && gpus == 0) {
      throw new IllegalArgumentException(
          "no GPU: the PyTorch engine sees none on this machine; use --device cpu, or see nnks doctor"
              + " and docs/gpu.md for what it needs");
    }
    boolean gpu = choice == Choice.GPU || (choice == Choice.AUTO && gpus > 0);
    return new Device(gpu ? ai.djl.Device.gpu(0) : ai.djl.Device.cpu());
  }

  /** The CPU with the default number of threads. */
  public static Device cpu() {
    return open(Choice.CPU, DEFAULT_THREADS);
  }

  /** A new manager of arrays on this device; the caller closes it. */
  public NDManager newManager() {
    return NDManager.newBaseManager(device);
  }

  /** "cpu" or "gpu". */
  public String name() {
    return device.getDeviceType().toLowerCase(Locale.ROOT);
  }

  /** The engine and its version, such as "PyTorch 2.7.1". */
  public static String engine() {
    Engine engine = Engine.getInstance();
    return engine.getEngineName() + " " + engine.getVersion();
  }
}
