package org.nnks.khanthomas;

import org.nnks.core.contract.DeclaredEconomyContract;
import org.nnks.core.economy.DeclaredEconomy;

/**
 * {@link KhanThomasDeclaration} keeps what solvers, simulations and certificates rely on: branches
 * against brute force, derivatives against differences, the projection against the oracle. With
 * three own states, for speed; the published five stand beside the exact solver in {@link
 * WholeSolveTest}.
 */
class DeclarationContractTest extends DeclaredEconomyContract {

  @Override
  protected DeclaredEconomy economy() {
    return new KhanThomasDeclaration(KhanThomasCalibration.terry2017().withIdiosyncraticStates(3));
  }
}
