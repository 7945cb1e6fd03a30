/** Why a field was left out of which its reader knows no more than the name; reports that are kept say it in these words. */
export const UNKNOWN_FIELD = 'this reader does not know the field';
