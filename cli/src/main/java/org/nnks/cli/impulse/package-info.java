/** What an impulse response starts from: a shock to a state, to the distribution, or a transfer. */
package org.nnks.cli.impulse;
