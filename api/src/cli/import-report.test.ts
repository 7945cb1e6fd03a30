import { describe, expect, it } from 'vitest';
import { briefReport, importReport } from './import-report.ts';

describe('what the import command prints', () => {
  it('says what was kept, what was left out and what to know', () => {
    const lines = importReport(201, {
      status: 'DONE',
      alreadyImported: false,
      format: 'INSPECT',
      evalRun: 'eval-run:blackmail/a1',
      kept: { samples: 100 },
      leftOut: [{ field: 'store', count: 3, reason: 'not modelled' }],
      warnings: ['The run is unfinished.'],
    });
    expect(lines).toEqual([
      'imported as eval-run:blackmail/a1 (INSPECT)',
      'kept:',
      '  samples 100',
      'left out:',
      '  store (3): not modelled',
      'note:',
      '  The run is unfinished.',
    ]);
  });

  it('names the first of several incidents, and how many more there are', () => {
    const incidents = ['incident:MBI-2025-0001', 'incident:MBI-2025-0002', 'incident:MBI-2025-0003'];
    expect(importReport(201, { evalRun: null, incidents, format: 'avid-jsonl' })).toEqual([
      'imported as incident:MBI-2025-0001 and 2 more (avid-jsonl)',
    ]);
    expect(importReport(201, { incidents: incidents.slice(0, 1) })).toEqual([
      'imported as incident:MBI-2025-0001',
    ]);
  });

  it('says that the same file was imported before', () => {
    const lines = importReport(200, { alreadyImported: true, evalRun: 'eval-run:x' });
    expect(lines).toEqual(['was imported before as eval-run:x']);
  });

  it.each([
    [422, { error: 'It is no Inspect log.' }, 'not imported: It is no Inspect log.'],
    [403, { error: { code: 'FORBIDDEN', message: 'Not allowed.' } }, 'not imported: Not allowed.'],
    [502, null, 'the server answered 502'],
  ])('gives the reason of an answer %i', (status, body, line) => {
    expect(importReport(status, body)).toEqual([line]);
  });

  it('names every eval run of a file of several', () => {
    const body = { evalRun: 'eval-run:a', evalRuns: ['eval-run:a', 'eval-run:b'], format: 'lm-eval-results' };
    expect(importReport(201, body)).toEqual([
      'imported as eval-run:a and 1 more (lm-eval-results)',
      'further eval runs:',
      '  eval-run:b',
    ]);
  });

  it('takes one line for a file of a folder', () => {
    const body = { evalRun: 'eval-run:a', evalRuns: ['eval-run:a'], leftOut: [{}, {}], warnings: ['One.'] };
    expect(briefReport(201, body)).toEqual(['imported as eval-run:a; 2 fields left out, 1 note']);
    expect(briefReport(422, { error: 'The file is empty.' })).toEqual(['not imported: The file is empty.']);
  });
});
