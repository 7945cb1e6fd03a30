/**
 * The first of the two numbers of each advisory lock, so that no two slices wait for each other; 1751216500 is the
 * migrations'.
 */
export const LOCKS = {
  imports: 1_751_216_501,
  incidentKeys: 1_751_216_502,
  access: 1_751_216_503,
  rescoring: 1_751_216_504,
  documents: 1_751_216_505,
} as const;
