/** Nodes that one picture of a lineage asks for; where more are reached, the picture says so and asks on. */
export const LINEAGE_LIMIT = 1000;
