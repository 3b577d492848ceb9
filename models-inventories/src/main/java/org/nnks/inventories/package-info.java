/**
 * (S,s) inventories in general equilibrium, Khan and Thomas (2007): calibration and declaration.
 */
package org.nnks.inventories;
