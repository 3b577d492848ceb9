package org.nnks.distributed;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.nnks.core.io.InvalidInputException;

/**
 * Workers: threads of this process, or processes of a Spark cluster. There is one cluster a process
 * at a time.
 */
public final class Cluster implements AutoCloseable {

  /** This process, with a thread for each core. */
  public static final String LOCAL = "local[*]";

  /** A point whose worker dies this often kills its workers: it becomes a failure. */
  static final int ATTEMPTS = 3;

  /** A master on another continent answers within a second. */
  private static final int CONNECT_MILLIS = 5_000;

  private static final Pattern LOCAL_MASTER = Pattern.compile("local(\\[(\\*|[1-9]\\d*)])?");
  private static final Pattern STANDALONE = Pattern.compile("spark://(.+)");
  private static final Pattern ADDRESS = Pattern.compile("([^:,]+):(\\d{1,5})");
  private static final int MAX_PORT = 65_535;

  /** Its method getSubject, which earlier releases of Hadoop call, JDK 24 has removed. */
  private static final String SUBJECT = "javax.security.auth.Subject";

  private static final String LOOPBACK = "127.0.0.1";

  private final JavaSparkContext context;

  private Cluster(JavaSparkContext context) {
    this.context = context;
  }

  /**
   * Opens a cluster; the caller closes it.
   *
   * @param master a Spark master: {@code local[N]}, {@code local[*]}, {@code spark://HOST:PORT} or
   *     another that Spark knows; absent: what spark-submit gives, or {@link #LOCAL}
   * @param jars files that workers of other processes need: those of the model
   * @throws InvalidInputException if the master is none, or cannot be reached
   */
  public static Cluster open(Optional<String> master, List<String> jars) {
    SparkConf conf = new SparkConf();
    String url = master.orElseGet(() -> conf.get("spark.master", LOCAL));
    boolean local = LOCAL_MASTER.matcher(url).matches();
    if (!local && url.startsWith("local")) {
      throw new InvalidInputException(
          "master '%s' is none: use local[N] with N threads, or local[*]".formatted(url));
    }
    boolean loopback = local || requireReachable(url);
    conf.setMaster(url)
        .setAppName("nnks sweep")
        .setIfMissing("spark.ui.enabled", "false")
        .setIfMissing("spark.ui.showConsoleProgress", "false")
        .setIfMissing("spark.task.maxFailures", Integer.toString(ATTEMPTS))
        // As the launcher of nnks: more malloc arenas only fragment, large arrays that are freed go
        // back to the system, idle threads sleep.
        .setIfMissing("spark.executorEnv.MALLOC_ARENA_MAX", "2")
        .setIfMissing("spark.executorEnv.MALLOC_MMAP_THRESHOLD_", "131072")
        .setIfMissing("spark.executorEnv.OMP_WAIT_POLICY", "PASSIVE");
    if (loopback) {
      // A machine's own name need not resolve.
      conf.setIfMissing("spark.driver.host", LOOPBACK)
          .setIfMissing("spark.driver.bindAddress", LOOPBACK);
    }
    if (!local && !conf.contains("spark.jars")) {
      conf.setJars(jars.toArray(String[]::new));
    }
    try {
      return new Cluster(new JavaSparkContext(conf));
    } catch (RuntimeException e) {
      throw new InvalidInputException(refused(url, e), e);
    } catch (Exception e) {
      // Scala declares nothing: SparkException is checked and comes all the same.
      throw new InvalidInputException(refused(url, e), e);
    }
  }

  /** What to say when Spark does not start. */
  static String refused(String url, Exception reason) {
    StackTraceElement[] trace = reason.getStackTrace();
    if (reason instanceof UnsupportedOperationException
        && trace.length > 0
        && trace[0].getClassName().equals(SUBJECT)) {
      return "Java %d is too new for the Hadoop that this Spark brings: use Java 17 to 23, or a Spark with Hadoop 3.4.3 or later, as nnks sweep has"
          .formatted(Runtime.version().feature());
    }
    return "master '%s' gives no workers: %s".formatted(url, firstLine(reason));
  }

  /** The first line of a message; the rest is Spark's own trace. */
  private static String firstLine(Throwable e) {
    return e.getMessage() == null
        ? e.getClass().getName()
        : e.getMessage().lines().findFirst().get();
  }

  /**
   * Makes sure that one of the masters of a standalone cluster answers; whether it is this machine.
   */
  private static boolean requireReachable(String url) {
    Matcher standalone = STANDALONE.matcher(url);
    if (!standalone.matches()) {
      return false; // Spark knows other managers, and says itself what is wrong with them.
    }
    String last = "";
    for (String address : standalone.group(1).split(",", -1)) {
      Matcher parts = ADDRESS.matcher(address);
      if (!parts.matches() || Integer.parseInt(parts.group(2)) > MAX_PORT) {
        throw new InvalidInputException(
            "master '%s' is none: use spark://HOST:PORT".formatted(url));
      }
      try (Socket socket = new Socket()) {
        InetAddress host = InetAddress.getByName(parts.group(1));
        socket.connect(
            new InetSocketAddress(host, Integer.parseInt(parts.group(2))), CONNECT_MILLIS);
        return host.isLoopbackAddress();
      } catch (UnknownHostException e) {
        last = "no machine has this name";
      } catch (IOException e) {
        last = e.getMessage();
      }
    }
    throw new InvalidInputException(
        "master '%s' cannot be reached (%s): start it, or leave --master out to sweep on this machine"
            .formatted(url, last));
  }

  /** How many points are solved at a time, as far as the cluster knows by now. */
  int parallelism() {
    return context.defaultParallelism();
  }

  /**
   * Solves a point on some worker and waits for it.
   *
   * @throws ClusterLostException if the cluster has ended
   * @throws InterruptedException if the waiting thread is interrupted
   */
  Row solve(SweepModel model, Point point) throws InterruptedException {
    try {
      return context
          .parallelize(List.of(point), 1)
          .map(new SolvePoint(model))
          .collectAsync()
          .get()
          .get(0);
    } catch (ExecutionException e) {
      return lost(point, e.getCause());
    } catch (IllegalStateException e) {
      return lost(point, e); // how a stopped context refuses new work
    }
  }

  /** The point's fault if the cluster is still there, the cluster's otherwise. */
  private Row lost(Point point, Throwable reason) {
    if (context.sc().isStopped() || !(reason instanceof SparkException)) {
      throw new ClusterLostException(firstLine(reason), reason);
    }
    return new Row(
        point,
        PointOutcome.failed(
            "its worker was lost each time that it was tried; see the worker's log"),
        0);
  }

  /** Gives up whatever is still being solved. */
  void cancel() {
    if (!context.sc().isStopped()) {
      context.cancelAllJobs();
    }
  }

  @Override
  public void close() {
    context.close();
  }
}
