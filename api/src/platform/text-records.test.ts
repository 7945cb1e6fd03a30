import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { csvFields } from './csv-record.ts';
import { processorSeconds } from './processor-time-fixture.ts';
import { type Place, textRecords } from './text-records.ts';

const folder = mkdtempSync(join(tmpdir(), 'headwater-records-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function read(content: string | Buffer, quoted: boolean, from?: Place, longest?: number) {
  const path = join(folder, 'file');
  writeFileSync(path, content);
  const all = [];
  for await (const group of textRecords(path, {
    quoted,
    ...(from ? { from } : {}),
    ...(longest ? { longest } : {}),
  }))
    all.push(...group);
  return all;
}

describe('textRecords', () => {
  it('reads lines with their numbers, whatever ends them, and the last one without an end', async () => {
    const records = await read('a\r\n\nb', false);
    expect(records.map(({ line, text, end }) => [line, text, end])).toEqual([
      [1, 'a', 3],
      [2, '', 4],
      [3, 'b', 5],
    ]);
  });

  it('goes on where it was, by the place after any record', async () => {
    const text = 'größe\n"x\ny",1\nlast\n';
    const all = await read(text, true);
    expect(all.map((r) => [r.line, r.text])).toEqual([
      [1, 'größe'],
      [2, '"x\ny",1'],
      [4, 'last'],
    ]);
    const rest = await read(text, true, { offset: all[0]!.end, line: 2 });
    expect(rest).toEqual(all.slice(1));
  });

  it('breaks the line whose quotation mark is not closed, and no other', async () => {
    const records = await read('a,"b\nc,d\n', true);
    expect(records.map((r) => [r.line, r.text, r.problem])).toEqual([
      [1, '', 'A quotation mark is opened and not closed.'],
      [2, 'c,d', null],
    ]);
  });

  it('names a line that is not UTF-8 and one that is too long, and reads on after them', async () => {
    const long = 'x'.repeat(70_000);
    const longest = 'y'.repeat(2_500_000);
    const records = await read(
      Buffer.concat([Buffer.from([0x61, 0xff, 0x0a]), Buffer.from(`${long}\nb\n${longest}\nc\n`)]),
      false,
    );
    expect(records.map((r) => [r.line, r.text, r.problem === null])).toEqual([
      [1, '', false],
      [2, '', false],
      [3, 'b', true],
      [4, '', false],
      [5, 'c', true],
    ]);
    expect(records[0]!.problem).toContain('UTF-8');
    expect(records[3]!.problem).toContain('longer');
  });

  it('takes longer lines where a reader asks for it, as far as it asks', async () => {
    const long = 'x'.repeat(900_000);
    const longest = 'y'.repeat(1_100_000);
    const records = await read(
      `a,"${long}\n${long.slice(0, 90_000)}"\n${longest}\nc\n`,
      true,
      undefined,
      1024 * 1024,
    );
    expect(records.map((r) => [r.line, r.text.length, r.problem])).toEqual([
      [1, 990_005, null],
      [3, 0, 'The line is longer than 1,048,576 bytes.'],
      [4, 1, null],
    ]);
  });

  it('looks at each byte of a record of many lines once: half a million of them take no second', async () => {
    const lines = 'z\n'.repeat(500_000);
    let records: Awaited<ReturnType<typeof read>> = [];
    const seconds = await processorSeconds(async () => {
      records = await read(`"${lines}"\nb\n`, true, undefined, 2 * 1024 * 1024);
    });
    expect(records.map(({ line, problem }) => [line, problem])).toEqual([
      [1, null],
      [500_002, null],
    ]);
    expect(seconds).toBeLessThan(1);
  });
});

describe('csvFields', () => {
  it('reads plain and quoted fields', () => {
    expect(csvFields('a,,b')).toEqual(['a', '', 'b']);
    expect(csvFields('"a, ""b""",c,""')).toEqual(['a, "b"', 'c', '']);
    expect(csvFields('"a\nb",')).toEqual(['a\nb', '']);
  });
});
