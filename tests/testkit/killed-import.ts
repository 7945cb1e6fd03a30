// A folder of logs, brought in by the command as people run it: a process of its own, which is killed in the middle.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { asJson, logOf } from '../api/interchange/inspect-fixture.ts';

const COMMAND = fileURLToPath(new URL('../../api/src/cli/main.ts', import.meta.url));
/** Every so many files is no log. */
const BAD_EVERY = 10;

export interface WrittenFolder {
  path: string;
  good: number;
  bad: number;
}

/** Logs of as many runs, in several folders below one, with files among them that are no logs. */
export async function writeFolder(path: string, files: number): Promise<WrittenFolder> {
  let bad = 0;
  for (let nth = 0; nth < files; nth += 1) {
    const folder = join(path, `part-${nth % 7}`);
    await mkdir(folder, { recursive: true });
    const isBad = nth % BAD_EVERY === BAD_EVERY - 1;
    if (isBad) bad += 1;
    const evalId = `${String(nth).padStart(8, '0')}folder`;
    const bytes = isBad ? Buffer.from(`no log ${nth}`) : asJson(logOf({ evalId }));
    await writeFile(join(folder, `log-${String(nth).padStart(5, '0')}.json`), bytes);
  }
  return { path, good: files - bad, bad };
}

export interface CommandRun {
  /** What ended it; null where it came to its end. */
  signal: NodeJS.Signals | null;
  code: number | null;
  said: string;
}

/** SIGKILL leaves it no chance to put anything in order. */
const kill = (child: ChildProcess) => void child.kill('SIGKILL');

/** Runs `headwater import FOLDER`, and kills it, or stops it otherwise, once it has begun with the file of that number. */
export function runImport(
  folder: string,
  to: { url: string; token: string },
  stopAt: number | null,
  stop = kill,
): Promise<CommandRun> {
  const env = { ...process.env, HEADWATER_API_URL: to.url, HEADWATER_TOKEN: to.token };
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', COMMAND, 'import', folder], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const take = (text: Buffer) => {
    said += text.toString('utf8');
    if (stopAt !== null && said.includes(`[${stopAt.toLocaleString('en')}/`)) stop(child);
  };
  child.stdout!.on('data', take);
  child.stderr!.on('data', take);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, said }));
  });
}

/** What the command says of a whole folder in its last line. */
export function totalsOf(said: string): { imported: number; before: number; refused: number } | null {
  const last = /([\d,]+) imported, ([\d,]+) imported before, ([\d,]+) refused\n$/.exec(said);
  if (last === null) return null;
  const [imported, before, refused] = last.slice(1).map((figure) => Number(figure.replaceAll(',', '')));
  return { imported: imported!, before: before!, refused: refused! };
}
