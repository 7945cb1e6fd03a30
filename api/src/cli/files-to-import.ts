// Which files are meant by what was typed: a folder stands for every file within it.
import { lstat, readdir } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { isAmongKeys, isDataFolder } from '../platform/data-folder.ts';

/** As many as any format puts facts into: the deepest is experiment/models/model/condition/sample. */
const FOLDERS_SENT = 5;

export type FileToImport =
  | { path: string; sentAs: string; inFolder: boolean; problem?: undefined }
  | { path: string; problem: string };

/**
 * In the order of their names, hidden files, links and packages left out. What cannot be read is told as such, not thrown;
 * so is the data folder of a Headwater, whose keys are sent to nobody.
 */
export async function filesToImport(typed: readonly string[]): Promise<FileToImport[]> {
  const found: FileToImport[] = [];
  for (const path of typed) {
    if (isAmongKeys(path)) {
      found.push({ path, problem: 'it is among the keys of a Headwater' });
      continue;
    }
    try {
      const is = await lstat(path);
      if (is.isDirectory()) await walk(path, found);
      else found.push({ path, sentAs: sentAs(path), inFolder: false });
    } catch (error) {
      found.push({ path, problem: reasonOf(error) });
    }
  }
  return found;
}

const PACKAGES = 'node_modules';

async function walk(folder: string, found: FileToImport[]): Promise<void> {
  if (isDataFolder(folder)) {
    found.push({ path: folder, problem: 'it is the data folder of a Headwater, with its keys in it' });
    return;
  }
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    found.push({ path: folder, problem: reasonOf(error) });
    return [];
  });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    if (entry.name.startsWith('.') || entry.name === PACKAGES) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await walk(path, found);
    else if (entry.isFile()) found.push({ path, sentAs: sentAs(path), inFolder: true });
  }
}

/** The file's name with the innermost of its folders, since some formats put the model and the task there alone. */
function sentAs(path: string): string {
  const folders = dirname(resolve(path))
    .split(sep)
    .filter((part) => part !== '');
  return [...folders.slice(-FOLDERS_SENT), basename(path)].join('/');
}

function reasonOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code === 'ENOENT'
    ? 'there is no such file'
    : (error as Error).message;
}
