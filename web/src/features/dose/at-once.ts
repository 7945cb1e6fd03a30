/** Of so many model versions the exposure is asked for at once, so that anybody may ask. */
export const EXPOSURES_AT_ONCE = 10;
