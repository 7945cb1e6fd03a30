import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { ImportWholeFragment } from '@/graphql/generated/graphql.ts';
import { ImportStanding } from './ImportStanding.tsx';

const ROW: ImportWholeFragment = {
  id: 'AAAAAAAAAAAAAAAAAAAAAA',
  format: 'inspect-json',
  fileName: 'run.json',
  digest: 'ab'.repeat(32),
  bytes: '12',
  status: 'SUCCEEDED',
  error: null,
  alreadyImported: false,
  recordedAt: '2026-05-08T14:03:00.000Z',
  importedBy: { name: 'Keeper' },
  evalRuns: [{ ref: 'eval-run:seen', label: 'seen' }],
  models: [],
  datasets: [],
  rulesToPropose: [],
  incidents: [],
  truncations: [],
  kept: [],
  leftOut: [],
  isToldInFull: true,
  warnings: [],
  progress: null,
};
const KEPT = [{ field: 'eval.task', how: 'name of the evaluation', derived: false }];
const PROGRESS = { bytesRead: '12', lines: 3, added: 2, held: 0, refused: 1 };
const REFUSED = { field: 'line 2', count: 1, reason: 'no JSON', understood: true };

const shown = (more: Partial<ImportWholeFragment>) =>
  renderToStaticMarkup(<ImportStanding row={{ ...ROW, ...more }} />);
const words = (more: Partial<ImportWholeFragment>) => shown(more).replace(/<[^>]+>/g, ' ');

describe('what an import came to', () => {
  it('counts no warnings where its report is closed to the viewer, and says that it is not shown', () => {
    expect(words({})).not.toMatch(/Warnings|not understood|To confirm/);
    expect(words({})).toMatch(/No report is shown to you/);
  });

  it('counts none where the report is told and has none', () => {
    expect(words({ kept: KEPT })).toMatch(/Warnings\s+0/);
    expect(words({ kept: KEPT })).not.toMatch(/No report/);
  });

  it('says to others than the sender, whatever there is, that they are not told what rests on what is recorded', () => {
    const note = /What it came to against what is recorded is told to whoever sent the file/;
    expect(words({ kept: KEPT, isToldInFull: false })).toMatch(note);
    expect(words({ kept: KEPT })).not.toMatch(note);
    expect(words({ isToldInFull: false })).not.toMatch(note);
  });

  it('counts among what to confirm the datasets of which no revision is known, each once, and leads to the first of all', () => {
    const of = (ref: string, part: string | null = null) => ({
      name: 'house',
      revision: null,
      part,
      datasetVersion: { id: ref, ref, label: ref.replace('dataset:', '') },
    });
    const bare = of('dataset:house@unspecified');
    expect(words({ kept: KEPT, datasets: [bare] })).toMatch(/To confirm\s+1/);
    expect(shown({ kept: KEPT, datasets: [bare] })).toContain('href="#datasets"');
    // Two parts of one dataset are one question; a fixed revision, and one linked to none, are none.
    const parts = [
      bare,
      of('dataset:house@unspecified', 'test'),
      of('dataset:house@1'),
      { ...bare, datasetVersion: null },
    ];
    expect(words({ kept: KEPT, datasets: parts })).toMatch(/To confirm\s+1/);
    expect(shown({ kept: KEPT, datasets: [of('dataset:house@1')] })).not.toContain('href="#datasets"');
    const rule = { evaluation: 'house', scorer: 'judge', key: null, values: [] } as never;
    const both = { kept: KEPT, datasets: [bare], rulesToPropose: [rule] };
    expect(words(both)).toMatch(/To confirm\s+2/);
    expect(shown(both)).toContain('href="#datasets"');
    // Where the report is closed, what is asked of a dataset that is seen still counts.
    expect(words({ datasets: [bare] })).toMatch(/To confirm\s+1/);
  });

  it('counts each name of a model that nobody has said the meaning of, once', () => {
    const LIKE = { ref: 'model:m@1', label: 'm@1' };
    const model = (name: string, more: object = {}) => ({
      ...{ name, recordedAs: null, alias: null, candidates: [] },
      ...more,
    });
    const alias = { id: 'y', confirmedBy: { name: 'Keeper' }, modelVersion: LIKE };
    const models = [model('a'), model('a', { recordedAs: LIKE }), model('b'), model('c', { alias })];
    expect(words({ kept: KEPT, models })).toMatch(/To confirm\s+2/);
    expect(shown({ kept: KEPT, models })).toContain('href="#model"');
    expect(shown({ kept: KEPT, models: [model('c', { alias })] })).not.toContain('href="#model"');
  });

  it('leads from the lines refused to what is told of them, and nowhere where nothing is', () => {
    const told = { format: 'lineage-jsonl', progress: PROGRESS, leftOut: [REFUSED] };
    expect(shown(told)).toContain('href="#left-out"');
    expect(words(told)).not.toMatch(/No report/);
    const closed = { ...told, leftOut: [] };
    expect(shown(closed)).not.toContain('href="#left-out"');
    expect(words(closed)).toMatch(/No report is shown to you/);
    expect(words({ ...closed, progress: { ...PROGRESS, refused: 0 } })).not.toMatch(/No report/);
  });

  it('says of a file that failed why, and nothing of a report', () => {
    expect(words({ status: 'FAILED', error: 'It is cut.' })).toMatch(/It is cut\./);
    expect(words({ status: 'FAILED', error: 'It is cut.' })).not.toMatch(/No report/);
  });
});
