/** One history: market clearing period by period, and the path it leaves. */
package org.nnks.core.simulate;
