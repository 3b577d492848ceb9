/**
 * What every economy must pass, for use in the tests of a model: extend {@link
 * org.nnks.core.contract.EconomyContract}, say how a calibration makes an economy, and run.
 *
 * <p>{@link org.nnks.core.contract.TinyEconomy} is the smallest economy that passes; core is tested
 * with it, because core knows no model.
 */
package org.nnks.core.contract;
