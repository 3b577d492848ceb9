/**
 * Firms along given sequences of prices, as transitions and the sequence space need them: {@link
 * org.nnks.bloom.transition.FirmSequence}.
 */
package org.nnks.bloom.transition;
