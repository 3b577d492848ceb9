package org.nnks.core.neural;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.types.DataType;
import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.Exogenous;
import org.nnks.core.economy.TaxedFirms;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.tensor.Readout;

/**
 * The paper's networks see exogenous variables and not states, so variables must tell them apart.
 */
class AlikeStatesTest {

  private static final TaxedFirms FIRMS = TaxedFirms.of(0);

  /** Those firms, but the first two aggregate states have the same productivity. */
  private static final DeclaredEconomy ALIKE =
      (DeclaredEconomy)
          Proxy.newProxyInstance(
              DeclaredEconomy.class.getClassLoader(),
              new Class<?>[] {DeclaredEconomy.class},
              (proxy, method, arguments) ->
                  method.getName().equals("exogenous")
                      ? List.of(
                          Exogenous.aggregate("A", Vector.of(1, 1, 1.02)), FIRMS.exogenous().get(1))
                      : method.invoke(FIRMS, arguments));

  private static NeuralBellman solver(NeuralTraining training) {
    return new NeuralBellman(
        ALIKE, training, Device.cpu(), DataType.FLOAT32, new Seeds(1), new Readout());
  }

  @Test
  void inputsThatAreAlikeAreRefused() {
    assertThatThrownBy(() -> solver(NeuralTraining.yokomoto2026()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("cannot tell aggregate states 1 and 2 apart");
  }

  @Test
  void outputsForEachStateTellThemApart() {
    assertThatCode(() -> solver(NeuralTraining.standard()).close()).doesNotThrowAnyException();
  }
}
