import { describe, expect, it } from 'vitest';
import { planOf, planOfBytes, refusalOf } from './formats/file-fixture.ts';

describe('what reads a file', () => {
  it.each([
    ['', 'The file is empty.'],
    ['a,b,c\n1,2,3\n', 'looks like a table, whose first line is "a,b,c"'],
    ['a\tb\n', 'looks like a table'],
    ['# Results\n', 'looks like text that begins "# Results"'],
    ['<!doctype html><table>', 'looks like a web page'],
    ['\u0001\u0000binary', 'no text at all'],
    ['{"a": 1, "b": 2}', 'a JSON object of no known format: it has the names a, b'],
    ['{"a": 1}\n{"a": 2}\n', 'JSON Lines of no known format: its first line has the name a'],
    ['[{"a": 1}]', 'a JSON list of no known format'],
    ['{}', 'a JSON object of no known format: it has no names'],
    ['[]', 'a JSON list of no known format'],
    [' [', 'a JSON list of no known format'],
  ])('refuses %j with what it looks like, and what is known', async (text, reason) => {
    const { message, format } = await refusalOf(text);
    expect(message).toContain(reason);
    expect(message).toContain(
      'The formats that are known: Inspect logs (JSON or .eval), lm-evaluation-harness results',
    );
    expect(format).toBe('unknown');
  });

  it('looks through the whole file where what tells it stands behind a large field', async () => {
    const results = { sums: { acc: 0.5 } };
    const config = { model: 'hf', model_args: 'pretrained=lab/m' };
    const { format, runs } = await planOf({
      filler: 'x'.repeat(2_500_000),
      results,
      config,
      versions: { sums: 1 },
    });
    expect(format).toBe('lm-eval-results');
    expect(runs[0]!.scores).toMatchObject([{ metric: 'acc', value: 0.5 }]);
  });

  it('tells JSON Lines whose first line is longer than its beginning', async () => {
    const long = JSON.stringify({
      doc_id: 0,
      doc: 'x'.repeat(1_500_000),
      target: 'a',
      metrics: ['acc'],
      acc: 1,
    });
    const short = JSON.stringify({ doc_id: 1, doc: 'y', target: 'b', metrics: ['acc'], acc: 0 });
    const { format, runs } = await planOfBytes(`${long}\n${short}\n`, 'lab__m/samples_sums.jsonl');
    expect(format).toBe('lm-eval-samples');
    expect(runs[0]!.sampleCount).toBe(2);
  });

  it('tells a file by its bytes, whatever its name says', async () => {
    const log = {
      version: 2,
      status: 'success',
      eval: { task: 't', model: 'm', created: '2025-01-01T00:00:00Z' },
    };
    expect((await planOf(log, 'results_x.csv')).format).toBe('inspect-json');
  });

  it('takes no name in a file for what every object has', async () => {
    const text =
      '{"results":{"__proto__":{"acc":1},"sums":{"acc":0.5}},"versions":{"__proto__":1},"config":{"model_args":"pretrained=lab/m"}}';
    const { runs } = await planOfBytes(text);
    expect(runs.map((run) => run.evaluation.name)).toEqual(['__proto__', 'sums']);
    expect(({} as Record<string, unknown>).acc).toBeUndefined();
  });
});
