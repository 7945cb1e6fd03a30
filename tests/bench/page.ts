// `npm run bench:page`: draws docs/performance.md and its picture from the results kept in docs/performance/.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { figureOf, goalOf } from './measure.ts';
import { plot } from './plot.ts';
import { RECORDS } from './record.ts';
import { readRecords, section, targetsMet, withGoal } from './sections.ts';

const DOCS = join(RECORDS, '..');

const records = readRecords(RECORDS);

writeFileSync(
  join(DOCS, 'performance.md'),
  `# What it costs

Ratios of one run, in which the peers were asked in turns: what else a machine does falls on all of them alike. \`npm run bench\` measures all of it again, and \`npm run bench -- --only PART\` one part of it, as \`npm run bench:PART\` does in another size; with \`-- --record\` what was measured is kept in \`docs/performance/\`, of which \`npm run bench:page\` makes this page. ${targetsMet(records)}.

![Each figure as a multiple of its target: what lies right of the line is met](performance.svg)

${records.map(section).join('\n')}`,
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
console.info(`${targetsMet(records)}; docs/performance.md is written.`);

/** Who was measured, where the words of a figure begin with that: `node and SQL 265/s` → `node and SQL`, but `p95 8 ms`. */
function named(told: string | undefined): string[] {
  const [words = ''] = /^[A-Za-z][^\d(]*(?=[\s(]|$)/.exec(told ?? '') ?? [];
  const name = words.replace(/[\s,;:]+$/, '');
  return name === '' ? [] : [name];
}
