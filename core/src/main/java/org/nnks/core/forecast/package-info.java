/** Forecast rules: what firms believe about next period's capital and today's price. */
package org.nnks.core.forecast;
