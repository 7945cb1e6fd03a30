/** Characters of a text that is searched for: the API refuses longer ones. */
export const LONGEST_SEARCH = 200;
