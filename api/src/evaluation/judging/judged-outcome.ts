/** What a person can say of a sample: that they cannot tell is an answer, too. */
export type JudgedOutcome = 'EXHIBITED' | 'NOT_EXHIBITED' | 'UNSCORED' | 'EXCLUDED';
