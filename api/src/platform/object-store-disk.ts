import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { checkName, leftBehind, ObjectMissing, type ObjectStore } from './object-store.ts';

const PARTIAL = 'partial';
const LEFT_BEHIND_MS = 24 * 60 * 60_000;

/**
 * Objects as files of one folder, spread over 256 folders by the first two digits of their names. A file appears
 * under its name only when all of it is on the disk.
 */
export function diskStore(folder: string): ObjectStore {
  const partial = join(folder, PARTIAL);
  const placeOf = (name: string) => join(folder, checkName(name).slice(0, 2), name);
  const openObject = (name: string) =>
    open(placeOf(name), 'r').catch((error: NodeJS.ErrnoException) => {
      throw error.code === 'ENOENT' ? new ObjectMissing(name) : error;
    });
  let prepared: Promise<void> | null = null;
  const prepare = () => {
    prepared ??= mkdir(partial, { recursive: true, mode: 0o700 })
      .then(() => clearLeftBehind(partial))
      .catch((error) => {
        // What went wrong may pass: the next one tries again.
        prepared = null;
        throw error;
      });
    return prepared;
  };
  return {
    async put(name, content) {
      const place = placeOf(name);
      const home = join(folder, name.slice(0, 2));
      await prepare();
      await mkdir(home, { recursive: true, mode: 0o700 });
      const path = join(partial, `${name}.${randomBytes(4).toString('hex')}`);
      try {
        const file = await open(path, 'wx', 0o600);
        try {
          for await (const chunk of content) await file.writeFile(chunk);
          await file.sync();
        } finally {
          await file.close();
        }
        // A link, not a renaming: it refuses a name that is taken.
        await link(path, place);
        await syncFolder(home).catch(async (error) => {
          await rm(place, { force: true }).catch(leftBehind(name));
          throw error;
        });
      } finally {
        // What stays of it, a later start clears away.
        await rm(path, { force: true }).catch(() => undefined);
      }
    },
    async get(name) {
      return (await openObject(name)).createReadStream({ highWaterMark: 256 * 1024 });
    },
    async range(name, from, length) {
      return (await openObject(name)).createReadStream({
        start: from,
        end: from + length - 1,
        highWaterMark: 256 * 1024,
      });
    },
    remove: (name) => rm(placeOf(name), { force: true }),
  };
}

/** The name is on the disk too, once its folder is. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Files of a process that was killed while it wrote them. */
async function clearLeftBehind(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => null);
    if (found && Date.now() - found.mtimeMs > LEFT_BEHIND_MS) await rm(path, { force: true });
  }
}
