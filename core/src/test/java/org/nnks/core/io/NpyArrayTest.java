package org.nnks.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.nnks.core.run.Device;

/** Held against DJL, which reads and writes the same files. */
class NpyArrayTest {

  private static final double[] NUMBERS = {1.5, -0.0, Math.PI, Double.MIN_VALUE, -1e300};

  @Test
  void djlReadsWhatIsWritten() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("value", NpyArray.encode("5,", NUMBERS));
    files.put("none", NpyArray.encode("0,", new double[0]));
    for (int level : new int[] {Deflater.NO_COMPRESSION, Deflater.DEFAULT_COMPRESSION}) {
      try (NDManager manager = Device.cpu().newManager()) {
        NDList list = NDList.decode(manager, NpyArray.zip(files, level));
        assertThat(list.get("value").toDoubleArray()).containsExactly(NUMBERS);
        assertThat(list.get("none").size()).isZero();
      }
    }
  }

  /** Files that earlier versions wrote, through DJL. */
  @Test
  void whatDjlWritesIsRead() {
    try (NDManager manager = Device.cpu().newManager()) {
      NDArray array = manager.create(NUMBERS);
      array.setName("value");
      NDArray matrix = manager.create(new double[] {1, 2, 3, 4, 5, 6}).reshape(2, 3);
      matrix.setName("matrix");
      NDArray single = manager.create(1f);
      single.setName("single");
      Map<String, byte[]> files =
          NpyArray.unzip(new NDList(array, matrix, single).encode(NDList.Encoding.NPZ));
      assertThat(files.keySet()).containsExactly("value", "matrix", "single");
      assertThat(NpyArray.doubles(files.get("value"))).containsExactly(NUMBERS);
      assertThat(NpyArray.doubles(files.get("matrix"))).containsExactly(1, 2, 3, 4, 5, 6);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> NpyArray.doubles(files.get("single")))
          .withMessageContaining("<f4");
    }
  }

  /** The state of a solver that keeps nothing. */
  @Test
  void noArraysAreAnArchive() {
    byte[] none = NpyArray.zip(Map.of(), Deflater.NO_COMPRESSION);
    assertThat(NpyArray.unzip(none)).isEmpty();
  }

  @Test
  void whatIsNoArrayIsSaid() {
    byte[] npy = NpyArray.encode("5,", NUMBERS);
    for (int length : new int[] {0, 5, 40, npy.length - 1}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> NpyArray.doubles(Arrays.copyOf(npy, length)));
    }
    assertThatIllegalArgumentException().isThrownBy(() -> NpyArray.unzip(npy));
    byte[] npz = NpyArray.zip(Map.of("value", npy), Deflater.NO_COMPRESSION);
    npz[60] ^= 1;
    assertThatIllegalArgumentException().isThrownBy(() -> NpyArray.unzip(npz));
  }
}
