/** One history, period by period, and the path it leaves; impulse responses. */
package org.nnks.core.simulate;
