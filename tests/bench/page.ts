// `npm run bench:page`: draws docs/performance.md and its picture from the results kept in docs/performance/.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { figureOf, goalOf, isMet, type Line, table } from './measure.ts';
import { plot } from './plot.ts';
import { type BenchRecord, RECORDS } from './record.ts';

const DOCS = join(RECORDS, '..');

const records = readdirSync(RECORDS)
  .filter((name) => name.endsWith('.json'))
  .sort()
  .map((name) => JSON.parse(readFileSync(join(RECORDS, name), 'utf8'), numbers) as BenchRecord);

/** JSON has no NaN: a figure that there is none of was written as null. */
function numbers(key: string, value: unknown): unknown {
  return key === 'figure' && value === null ? Number.NaN : value;
}

const withGoal = (lines: readonly Line[]) => lines.filter((line) => line.goal !== null);
const goals = records.flatMap((record) => withGoal(record.lines));
const met = goals.filter((line) => isMet(line)).length;

const size = ({ asked }: BenchRecord) =>
  Object.entries(asked)
    .map(([name, value]) => `${name} ${value.toLocaleString('en')}`)
    .join(', ');

const sections = records.map(
  (record) =>
    `## ${record.bench}: ${size(record)}

Measured on ${record.on}, commit \`${record.commit}\`${record.changed ? ', with changes that were not committed' : ''}.

${table(record.lines)}
`,
);

writeFileSync(
  join(DOCS, 'performance.md'),
  `# What it costs

Ratios of one run, in which the peers were asked in turns: what else a machine does falls on all of them alike. \`npm run bench\` measures again; with \`-- --record\` each part keeps its result in \`docs/performance/\`, and \`npm run bench:page\` makes this page of them. ${met} of ${goals.length} targets are met.

![Each figure as a multiple of its target: what lies right of the line is met](performance.svg)

${sections.join('\n')}`,
);
writeFileSync(
  join(DOCS, 'performance.svg'),
  plot(
    records.flatMap((record) =>
      withGoal(record.lines).map((line) => ({
        label: line.what,
        note: [
          `${record.bench}, ${Object.values(record.asked)[0]?.toLocaleString('en')}`,
          ...named(line.measured),
          ...named(line.against).map((peer) => `against ${peer}`),
        ].join(' · '),
        told: `${figureOf(line)}, target ${goalOf(line)}`,
        // How many times as good as asked.
        factor: line.goal?.bound === 'least' ? line.figure / line.goal.value : line.goal!.value / line.figure,
      })),
    ),
  ),
);
console.info(`${met} of ${goals.length} targets are met; docs/performance.md is written.`);

/** Who was measured, where the words of a figure begin with that: `node and SQL 265/s` → `node and SQL`, but `p95 8 ms`. */
function named(told: string | undefined): string[] {
  const [words = ''] = /^[A-Za-z][^\d(]*(?=[\s(]|$)/.exec(told ?? '') ?? [];
  const name = words.replace(/[\s,;:]+$/, '');
  return name === '' ? [] : [name];
}
