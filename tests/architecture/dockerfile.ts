import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const read = (path: string) => readFileSync(`${ROOT}${path}`, 'utf8');

const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: ROOT,
  encoding: 'utf8',
}).split('\n');

/** Whether a clean checkout has this file or folder. */
export const isInRepository = (path: string) =>
  tracked.some((file) => file === path || file.startsWith(`${path.replace(/\/$/, '')}/`));

export interface Instruction {
  name: string;
  value: string;
}

/** The instructions of each stage, continued lines joined, comments gone. */
export function stagesOf(text: string): Instruction[][] {
  const stages: Instruction[][] = [];
  const lines = text
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n');
  for (const line of lines.filter((one) => one.trim() !== '')) {
    const [, name = '', value = ''] = /^([A-Z]+) (.*)$/.exec(line) ?? [];
    if (name === '') throw new Error(`No instruction: ${line}`);
    if (name === 'FROM') stages.push([]);
    stages.at(-1)?.push({ name, value });
  }
  return stages;
}

/** What is copied from the repository, and not from another stage. */
export function copiedFrom(stages: readonly Instruction[][]): string[] {
  return stages
    .flat()
    .filter(({ name, value }) => name === 'COPY' && !value.startsWith('--from='))
    .flatMap(({ value }) => value.split(/\s+/).slice(0, -1));
}

/** The words of an instruction written as a list; of one written as a sentence, those between its spaces. */
export function wordsOf(value: string): string[] {
  const list = /(\[".*\])\s*$/.exec(value)?.[1];
  return list === undefined ? value.split(/\s+/) : (JSON.parse(list) as string[]);
}
