/** Nodes that one picture of a lineage asks for; where more are reached, the picture says so and asks on. */
export const LINEAGE_LIMIT = 1000;
/** Of what changed, each of six lists asks for so many at most: with all that is told of each, they count for more. */
export const CHANGES_LIMIT = 500;
