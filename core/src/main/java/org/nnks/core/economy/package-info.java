/**
 * The declaration of an economy: what an economist writes, as values and equations, and nothing
 * else. See {@link org.nnks.core.economy.DeclaredEconomy}.
 */
package org.nnks.core.economy;
