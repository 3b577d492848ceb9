/**
 * What every declared economy must pass, for use in the tests of a model: extend {@link
 * org.nnks.core.contract.DeclaredEconomyContract}, say which economy, and run.
 */
package org.nnks.core.contract;
