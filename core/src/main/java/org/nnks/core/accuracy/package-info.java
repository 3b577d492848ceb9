/** How far a solution is from the truth: Bellman errors, dynamic forecasts, forecast fit. */
package org.nnks.core.accuracy;
