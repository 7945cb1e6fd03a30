import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readElements } from './read-elements.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'elements-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const BOUNDS = { records: 50, keptBytes: 100_000 };

/** How many records are told of a document, before the end or before it is refused. */
async function read(text: string): Promise<number> {
  const path = join(folder, 'file');
  await writeFile(path, text);
  let told = 0;
  const on = { passed: () => false, element: () => (told += 1), lost: () => {}, stray: () => {} };
  await readElements(path, on, BOUNDS);
  return told;
}

const records = (count: number, more: object = {}) =>
  Array.from({ length: count }, (_, i) => ({ incident_id: i, ...more }));

describe('an object with lists of records', () => {
  it.each([
    ['a snapshot', (list: object[]) => `{"incidents":${JSON.stringify(list)}`],
    ['an answer', (list: object[]) => `{"data":{"reports":${JSON.stringify(list)}`],
  ])('is refused as it passes the bounds, and not at its end: %s', async (_what, begun) => {
    // Neither ends: were the bounds held to at the end alone, it would be refused for being cut short.
    await expect(read(begun(records(51)))).rejects.toThrow('holds more than 50 records');
    await expect(read(begun(records(40, { title: 'x'.repeat(5_000) })))).rejects.toThrow(
      'holds more than is kept of one',
    );
    await expect(read(begun(records(40)))).rejects.toThrow('cut short');
  });

  it('is told of record by record within them', async () => {
    expect(await read(JSON.stringify({ incidents: records(30), reports: records(20) }))).toBe(50);
  });

  it('is refused for fields of its own as well', async () => {
    const fields = Array.from({ length: 40 }, (_, i) => [`field ${i}`, 'x'.repeat(5_000)]);
    await expect(read(JSON.stringify(Object.fromEntries(fields)))).rejects.toThrow(
      'more than is kept of one',
    );
  });
});

describe('a list of records', () => {
  it('holds one at a time, so that only one alone can be too much', async () => {
    expect(await read(JSON.stringify(records(200, { title: 'x'.repeat(5_000) })))).toBe(200);
    const fields = Array.from({ length: 40 }, (_, i) => [`field ${i}`, 'x'.repeat(5_000)]);
    await expect(read(JSON.stringify([Object.fromEntries(fields)]))).rejects.toThrow(
      'more than is kept of one',
    );
  });
});
