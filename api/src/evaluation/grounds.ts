// What a comparison may rest on where not everybody who is told of it sees all that there is.

/** Of what may be hidden from some who see the measurements, what counts; where it is left out, all that the viewer sees. */
export interface Grounds {
  /** Edges that say which dataset versions the runs were tested on. */
  testedOnIds: readonly bigint[];
  /** The files by whose digests the items of the runs are told apart. */
  importIds: readonly bigint[];
}
