/**
 * Results of other people's code, for tests that compare ours with an outside truth. They are made
 * once and never updated from our own runs.
 */
package org.nnks.reference;
