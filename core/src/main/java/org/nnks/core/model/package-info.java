/**
 * What an economist implements: {@link org.nnks.core.model.Economy} and the {@link
 * org.nnks.core.model.Market} it opens each period.
 *
 * <p>Solvers know nothing else of a model. Adding one adds no type test anywhere; the contract that
 * every economy must pass is {@code EconomyContract} in the test-jar.
 */
package org.nnks.core.model;
