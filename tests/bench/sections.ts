import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMet, type Line, table } from './measure.ts';
import type { BenchRecord } from './record.ts';

/** The results kept in a folder, by their names. */
export const readRecords = (folder: string): BenchRecord[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8'), numbers) as BenchRecord);

/** JSON has no NaN: a figure that there is none of was written as null. */
function numbers(key: string, value: unknown): unknown {
  return key === 'figure' && value === null ? Number.NaN : value;
}

export const withGoal = (lines: readonly Line[]) => lines.filter((line) => line.goal !== null);

/** `31 of 49 targets are met`. */
export function targetsMet(records: readonly BenchRecord[]): string {
  const goals = records.flatMap(({ lines }) => withGoal(lines));
  return `${goals.filter((line) => isMet(line)).length} of ${goals.length} targets are met`;
}

const size = ({ asked }: BenchRecord) =>
  Object.entries(asked)
    .map(([name, value]) => `${name} ${value.toLocaleString('en')}`)
    .join(', ');

/** What one run of a benchmark came to, in Markdown. */
export const section = (record: BenchRecord): string => `## ${record.bench}: ${size(record)}

Measured on ${record.on}, commit \`${record.commit}\`${record.changed ? ', with changes that were not committed' : ''}.

${table(record.lines)}
`;
