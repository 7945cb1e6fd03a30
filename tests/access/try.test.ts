import { afterAll, beforeAll, expect, it } from 'vitest';
import { asker } from './ask/asking.ts';
import { Names } from './ask/ids.ts';
import { questionsOf } from './ask/questions.ts';
import { watchedSchema } from './ask/schema.ts';
import { type WorldDatabase, worldDatabase } from './world/database.ts';
import { Dice } from './world/dice.ts';
import { generateWorld } from './world/generate.ts';
import { PRINCIPALS, type PrincipalName } from './world/principals.ts';
import { withoutHidden } from './world/rows.ts';

let one: WorldDatabase;
let two: WorldDatabase;
const watched = watchedSchema();
beforeAll(async () => {
  one = await worldDatabase();
  two = await worldDatabase();
});
afterAll(async () => {
  await one.close();
  await two.close();
});
const seeds = (process.env.SEEDS ?? '1').split(',').map(Number);
it.each(seeds)('world %i', async (seed) => {
  const world = generateWorld(seed, false);
  await one.load(world);
  let n = 0;
  for (const p of (process.env.WHO ?? 'anonymous,labViewer,named,author').split(',') as PrincipalName[]) {
    const t0 = performance.now();
    const never = withoutHidden(world, p);
    await two.load(never);
    const t1 = performance.now();
    const names = new Names(world, one.services.ids);
    const [a, b] = [asker(watched, one.services, PRINCIPALS[p]), asker(watched, two.services, PRINCIPALS[p])];
    const wrong: string[] = [];
    const qs = questionsOf(watched.schema, names, new Dice(seed));
    const times: [number, string][] = [];
    for (const q of qs) {
      const t = performance.now();
      try {
        const [x, y] = await Promise.all([a(q.document, q.variables), b(q.document, q.variables)]);
        if (x !== y) {
          const xs = x.split('\n'),
            ys = y.split('\n');
          const i = xs.findIndex((l, j) => l !== ys[j]);
          wrong.push(
            `${p} ${q.name}:\n A ${xs.slice(Math.max(0, i - 6), i + 4).join('\n   ')}\n B ${ys.slice(Math.max(0, i - 3), i + 4).join('\n   ')}`,
          );
        }
      } catch (e) {
        wrong.push(`${p} ${q.name}: ${String(e).slice(0, 700)}`);
      }
      times.push([performance.now() - t, q.name]);
      n++;
    }
    const t2 = performance.now();
    times.sort((x, y) => y[0] - x[0]);
    console.log(
      p,
      world.length,
      never.length,
      'load',
      Math.round(t1 - t0),
      'ask',
      Math.round(t2 - t1),
      qs.length,
      times
        .slice(0, 6)
        .map(([ms, q]) => `${q} ${Math.round(ms)}`)
        .join(' | '),
    );
    for (const w of wrong.slice(0, Number(process.env.MOST ?? 6))) console.log(w);
    console.log('WRONG', wrong.length);
  }
  const missing = watched.all.filter(
    (c) => !watched.hit.has(c) && !c.includes('Success.') && !c.startsWith('Mutation.'),
  );
  console.log('missing', missing.join(' '));
});

import type { Principal } from '../../api/src/access/viewer.ts';
import { trialsOf } from './ask/mutations.ts';

const writers = [
  'labReporter',
  'author',
  'both',
  'rivalInvestigator',
  'tokenForLineage',
  'tokenForEvals',
  'tokenToFile',
  'labViewer',
] as PrincipalName[];
it.each(seeds)('mutations in world %i', async (seed) => {
  const p = writers[seed % writers.length]!;
  const world = generateWorld(seed, false);
  await one.load(world);
  await two.load(withoutHidden(world, p));
  const names = new Names(world, one.services.ids);
  const [a, b] = [asker(watched, one.services, PRINCIPALS[p]), asker(watched, two.services, PRINCIPALS[p])];
  const types = new Map<string, number>();
  const t = performance.now();
  for (const q of trialsOf(watched.schema, names, new Dice(seed), p, PRINCIPALS[p] as Principal)) {
    try {
      const [x0, y0] = await Promise.all([a(q.document, q.variables), b(q.document, q.variables)]);
      const norm = (s: string) =>
        s
          .replace(/MBI-\d{4}-\d{4}/g, (k) => (/MBI-2026-010[0-3]/.test(k) ? k : 'MBI-NEW'))
          .replace(/hw_[A-Za-z0-9_-]+/g, 'hw_')
          .replace(/"createdAt_0": "[^"]*"/g, '');
      const [x, y] = [norm(x0), norm(y0)];
      const k = /"__typename": "(\w+)"/.exec(x)?.[1] ?? /"code": "(\w+)"/.exec(x)?.[1] ?? '?';
      types.set(k, (types.get(k) ?? 0) + 1);
      if (x !== y) {
        const xs = x.split('\n'),
          ys = y.split('\n');
        const i = xs.findIndex((l, j) => l !== ys[j]);
        console.log(
          `DIFF ${p} ${q.name}:\n A ${xs.slice(Math.max(0, i - 6), i + 4).join('\n   ')}\n B ${ys.slice(Math.max(0, i - 3), i + 4).join('\n   ')}`,
        );
      }
    } catch (e) {
      console.log(`FAIL ${p} ${q.name}: ${String(e).slice(0, 900)}`);
    }
  }
  console.log(p, Math.round(performance.now() - t), [...types].map(([k, n]) => `${k} ${n}`).join(', '));
});
