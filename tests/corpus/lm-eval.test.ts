import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NOTHING_CONFIRMED } from '../../api/src/interchange/formats/file-fixture.ts';
import { UnfitLog } from '../../api/src/interchange/plan-values.ts';
import type { FilePlan, PlannedScore } from '../../api/src/interchange/planned.ts';
import { readFile } from '../../api/src/interchange/read-file.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const CORPUS = process.env.HEADWATER_CORPUS ?? resolve(ROOT, '../shared/data');
const FOLDER = join(CORPUS, 'lm_eval');
const MANIFEST = join(FOLDER, 'MANIFEST.tsv');

function manifest(): string[] {
  const [, ...rows] = readFileSync(MANIFEST, 'utf8').trimEnd().split('\n');
  return rows.map((row) => row.split('\t')[0]!);
}

/**
 * What the 332 files of the corpus that is known come to at the least. A corpus of more files comes to more; of one of
 * fewer, its share is asked. Without them a reader that refuses nearly all would pass.
 */
const FLOORS = { files: 332, planned: 310, figures: 39_000, runs: 10_000 };

function floorOf(of: 'planned' | 'figures' | 'runs'): number {
  return Math.floor(FLOORS[of] * Math.min(1, manifest().length / FLOORS.files));
}

async function planOf(name: string): Promise<FilePlan | string> {
  const path = join(FOLDER, name);
  const bytes = readFileSync(path);
  const digest = createHash('sha256').update(bytes).digest('hex');
  const folders = dirname(name).split('/');
  try {
    const file = { path, name: basename(name), folders, digest, bytes: bytes.length };
    return await readFile(file, NOTHING_CONFIRMED);
  } catch (error) {
    if (error instanceof UnfitLog) return error.message;
    throw error;
  }
}

/** A figure of the file itself, as Python wrote it: read here by other means than those under test. */
interface Figure {
  task: string;
  prompt: string | null;
  metric: string;
  value: number;
}

function figuresOf(name: string): Figure[] {
  // NaN and the infinities are no JSON; they stand for no value.
  const text = readFileSync(join(FOLDER, name), 'utf8').replace(/:\s*(?:NaN|-?Infinity)\b/g, ': null');
  const document = JSON.parse(text);
  const rows: Record<string, Record<string, unknown>> = document.results ?? document.table_results;
  return Object.entries(rows).flatMap(([key, row]) =>
    Object.entries(row).flatMap(([metric, value]): Figure[] => {
      if (typeof value !== 'number') return [];
      const prompt = typeof row.prompt_name === 'string' ? row.prompt_name : null;
      return [{ task: typeof row.task_name === 'string' ? row.task_name : key, prompt, metric, value }];
    }),
  );
}

/** The score that a figure of the file has become, and what of it. */
function stateOf(
  plan: FilePlan,
  { task, prompt, metric }: Figure,
): { score: PlannedScore; error: boolean } | null {
  const run = plan.runs.find(
    ({ evaluation, conditions }) =>
      [task, `${task} (aggregate)`].includes(evaluation.name) &&
      (prompt === null || conditions[0]?.factors.prompt === prompt),
  );
  const [bare, filter] = metric.split(',');
  const error = bare!.endsWith('_stderr');
  const plain = bare!.replace(/_stderr$/, '');
  const wanted = filter === undefined || filter === 'none' ? plain : `${plain},${filter}`;
  const score = run?.scores.find((found) => found.metric === wanted);
  return score === undefined ? null : { score, error };
}

describe('real files of lm-evaluation-harness', () => {
  it('each is planned whole, with its own figures, or refused with a reason', { timeout: 300_000 }, async ({
    skip,
  }) => {
    skip(!existsSync(MANIFEST), `no corpus at ${FOLDER}; name one by HEADWATER_CORPUS`);
    const totals = new Map<string, { files: number; runs: number; scores: number; samples: number }>();
    const refused = new Map<string, number>();
    let figures = 0;
    const hashes = new Set<string>();
    const unmatched = new Map<string, string>();
    for (const name of manifest()) {
      const plan = await planOf(name);
      if (typeof plan === 'string') {
        expect(plan, name).toMatch(/^[A-Z].{20,}\.$/s);
        const reason = plan.slice(0, 70);
        refused.set(reason, (refused.get(reason) ?? 0) + 1);
        continue;
      }
      expect(plan.report.kept.length, name).toBeGreaterThan(0);
      const shape =
        `${plan.format} ${name.split('/')[0]} ${plan.runs[0]!.metadata.harnessVersion ?? ''}`.trim();
      const total = totals.get(shape) ?? { files: 0, runs: 0, scores: 0, samples: 0 };
      total.files += 1;
      total.runs += plan.runs.length;
      for (const run of plan.runs) {
        total.scores += run.scores.length;
        total.samples += run.samples?.length ?? 0;
      }
      totals.set(shape, total);
      if (plan.format === 'lm-eval-samples') {
        const lines = readFileSync(join(FOLDER, name), 'utf8')
          .split('\n')
          .filter((line) => line.trim() !== '');
        const ids = new Set(lines.flatMap((line) => /"doc_id": (\d+)/.exec(line)?.[1] ?? []));
        const broken = plan.report.leftOut.find(({ field }) => field === '(lines)')?.count ?? 0;
        expect(plan.runs[0]!.samples!.length, name).toBeGreaterThanOrEqual(ids.size - broken);
        expect(plan.runs[0]!.samples!.length, name).toBeLessThanOrEqual(ids.size);
        const hash = plan.runs[0]!.metadata.taskHash;
        if (typeof hash === 'string') unmatched.set(hash, name);
        continue;
      }
      for (const run of plan.runs)
        if (typeof run.metadata.taskHash === 'string') hashes.add(run.metadata.taskHash);
      for (const figure of figuresOf(name)) {
        const found = stateOf(plan, figure);
        expect(found, `${name}: ${figure.task} ${figure.metric}`).not.toBeNull();
        figures += 1;
        const { score, error } = found!;
        if (!error) expect(score.value, name).toBe(figure.value);
        else if (score.standardError === null) expect(score.note, name).toMatch(/standard error|for it/);
        else expect(score.standardError, name).toBe(figure.value);
      }
      for (const run of plan.runs)
        for (const score of run.scores)
          if (score.value === null) expect(score.note, name).toMatch(/the file states .* for it/);
    }
    // The harness makes the hash of a task from its samples: made anew from the lines, it is that of a results file.
    for (const [hash, name] of unmatched) expect(hashes.has(hash), name).toBe(true);
    console.table(Object.fromEntries(totals));
    console.table(Object.fromEntries(refused));
    console.log(`${figures} figures of results files found again`);
    const planned = [...totals.values()].reduce((sum, { files }) => sum + files, 0);
    expect(planned).toBeGreaterThanOrEqual(floorOf('planned'));
    expect(figures).toBeGreaterThanOrEqual(floorOf('figures'));
  });

  it('has a name for each run of a file that no other of them has', { timeout: 300_000 }, async ({
    skip,
  }) => {
    skip(!existsSync(MANIFEST), `no corpus at ${FOLDER}; name one by HEADWATER_CORPUS`);
    const identities = new Map<string, { content: string; name: string }>();
    let alike = 0;
    for (const name of manifest()) {
      const plan = await planOf(name);
      if (typeof plan === 'string') continue;
      expect(new Set(plan.runs.map((run) => run.runNames[0])).size, name).toBe(plan.runs.length);
      for (const run of plan.runs) {
        expect(run.runNames.every((runName) => runName.length <= 200)).toBe(true);
        const before = identities.get(run.runIdentity);
        if (before !== undefined && before.content !== run.contentDigest) alike += 1;
        identities.set(run.runIdentity, { content: run.contentDigest, name });
      }
    }
    console.log(`${identities.size} runs; ${alike} say otherwise than another of the same settings`);
    expect(identities.size).toBeGreaterThanOrEqual(floorOf('runs'));
  });
});
