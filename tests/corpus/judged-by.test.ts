import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readInspectLog } from '../../api/src/interchange/inspect/read-inspect-log.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const LOGS = join(process.env.HEADWATER_CORPUS ?? resolve(ROOT, '../shared/data'), 'inspect/inspect_ai');

interface Events {
  samples?: { events?: { event: string; model?: string }[] }[];
}

/** The last call of a sample is the one that grades it, where a model does. */
function askedLast(text: string): string[] {
  const { samples = [] } = JSON.parse(text) as Events;
  return samples.flatMap(({ events = [] }) => {
    const calls = events.filter(({ event }) => event === 'model');
    return calls.length < 2 ? [] : [calls.at(-1)?.model ?? ''];
  });
}

describe('real Inspect logs that were graded by a model which they do not name', () => {
  it('are read as judged by the model that each sample asked last', async ({ skip }) => {
    skip(!existsSync(LOGS), `no corpus at ${LOGS}; name one by HEADWATER_CORPUS`);
    let compared = 0;
    for (const name of readdirSync(LOGS).filter((file) => file.endsWith('.json'))) {
      const path = join(LOGS, name);
      const text = readFileSync(path, 'utf8');
      if (!text.includes('"model_graded_fact"')) continue;
      const reading = await readInspectLog({ path, name });
      if (reading.refused) throw new Error(reading.refused.reason);
      const judge = reading.graders.find(({ scorer }) => scorer === 'model_graded_fact');
      expect(judge, name).toMatchObject({ modelFrom: 'under test' });
      const asked = askedLast(text);
      expect(new Set(asked), name).toEqual(new Set([judge?.model]));
      compared += asked.length;
    }
    expect(compared).toBeGreaterThan(0);
  });
});
