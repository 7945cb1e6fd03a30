/** The half of the key of tokens that is not in the database, for services without a data folder. */
export const TOKEN_KEY: Uint8Array = Buffer.alloc(32, 'a key of tests');
