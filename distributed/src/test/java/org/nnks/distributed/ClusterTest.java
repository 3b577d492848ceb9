package org.nnks.distributed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.nnks.core.io.InvalidInputException;

class ClusterTest {

  @Test
  void aMasterThatDoesNotAnswerIsOneSentence() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    refused("spark://127.0.0.1:" + free, "cannot be reached");
    refused("spark://no-such-machine.invalid:7077", "no machine has this name");
  }

  @Test
  void aMasterThatIsNoneIsOneSentence() {
    refused("local[0]", "use local[N] with N threads");
    refused("local[2", "use local[N] with N threads");
    refused("spark://127.0.0.1", "use spark://HOST:PORT");
    refused("spark://127.0.0.1:70000", "use spark://HOST:PORT");
    refused("sparc://127.0.0.1:7077", "gives no workers");
  }

  /**
   * The failure of Hadoop 3.4.1 on JDK 24 and later, which this Java and this Hadoop no longer
   * show.
   */
  @Test
  void aJavaThatIsTooNewIsOneSentence() {
    Exception failure = new UnsupportedOperationException("getSubject is not supported");
    failure.setStackTrace(
        new StackTraceElement[] {
          new StackTraceElement("javax.security.auth.Subject", "getSubject", "Subject.java", 277)
        });
    assertThat(Cluster.refused("local", failure))
        .contains("too new for the Hadoop")
        .contains("use Java 17 to 23");
    assertThat(Cluster.refused("local", new UnsupportedOperationException("other")))
        .isEqualTo("master 'local' gives no workers: other");
  }

  private static void refused(String master, String why) {
    assertThatThrownBy(() -> Cluster.open(Optional.of(master), List.of()).close())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(why)
        .message()
        .doesNotContain("\n");
  }
}
