/** Posteriors of parameters: by simulations, boxes, households, likelihoods and rival models. */
package org.nnks.cli.estimate;
