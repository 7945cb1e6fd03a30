import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { AccessRefusal, type InputPath, InputRefusal } from '../platform/refusal.ts';

/** Parameters of scrypt as OWASP recommends them: N = 2^17, r = 8, p = 1 (128 MiB a try). */
const COST = 2 ** 17;
const BLOCK_SIZE = 8;
const PARALLELIZATION = 1;
const HASH_BYTES = 32;

export interface PasswordHash {
  cost: number;
  blockSize: number;
  parallelization: number;
  salt: Uint8Array;
  hash: Uint8Array;
}

export const SHORTEST_PASSWORD = 12;
export const LONGEST_PASSWORD = 256;

/** Refuses a password that is too short or too long to keep; `path` is where it stands in the input. */
export function checkPassword(password: string, path: InputPath): void {
  const length = [...password].length;
  if (length >= SHORTEST_PASSWORD && password.length <= LONGEST_PASSWORD) return;
  const expected = `${SHORTEST_PASSWORD} to ${LONGEST_PASSWORD} characters`;
  throw new InputRefusal(
    path,
    `The password is too ${length < SHORTEST_PASSWORD ? 'short' : 'long'}.`,
    expected,
  );
}

export async function hashPassword(password: string): Promise<PasswordHash> {
  const parameters = {
    cost: COST,
    blockSize: BLOCK_SIZE,
    parallelization: PARALLELIZATION,
    salt: randomBytes(16),
  };
  return { ...parameters, hash: await derive(password, parameters) };
}

/** Whether the password is the one hashed; `null` (no such account) takes as long as a wrong one. */
export async function verifyPassword(password: string, stored: PasswordHash | null): Promise<boolean> {
  const against = stored ?? (await ABSENT);
  const derived = await derive(password, against);
  return timingSafeEqual(derived, Buffer.from(against.hash)) && stored !== null;
}

const ABSENT: Promise<PasswordHash> = Promise.resolve({
  cost: COST,
  blockSize: BLOCK_SIZE,
  parallelization: PARALLELIZATION,
  salt: randomBytes(16),
  hash: randomBytes(HASH_BYTES),
});

// Each try holds 128 MiB: two at once at most, so that many sign-ins cannot exhaust the memory.
const MOST_AT_ONCE = 2;
// At a third of a second a try, whoever waits behind so many would have given up.
const MOST_WAITING = 60;
const waiting: (() => void)[] = [];
let running = 0;

async function derive(password: string, p: Omit<PasswordHash, 'hash'>): Promise<Buffer> {
  if (waiting.length >= MOST_WAITING)
    throw new AccessRefusal('RATE_LIMITED', 'Too many are signing in at once: try again in a moment.', 10);
  if (running >= MOST_AT_ONCE) await new Promise<void>((go) => waiting.push(go));
  running += 1;
  try {
    return await new Promise((resolve, reject) => {
      const options = { N: p.cost, r: p.blockSize, p: p.parallelization, maxmem: 256 * p.cost * p.blockSize };
      scrypt(password.normalize('NFKC'), p.salt, HASH_BYTES, options, (error, key) =>
        error ? reject(error) : resolve(key),
      );
    });
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}
