import { describe, expect, it } from 'vitest';
import { csvText } from '../../../ui/csv.ts';
import type { NodeKind } from '../picture-graph.ts';
import { byTeam, csvRows, type ImpactRow, joinRows, textOf } from './impact-rows.ts';

const row = (team: string, kind: NodeKind, label: string, more: Partial<ImpactRow> = {}): ImpactRow => ({
  ref: `x:${label}`,
  kind,
  label,
  title: null,
  team,
  severity: null,
  status: null,
  reached: true,
  ...more,
});

const ROWS = [
  row('Small', 'MODEL_VERSION', 'alone'),
  row('Large', 'EVAL_RUN', 'run'),
  row('Large', 'TRAINING_RUN', 'teacher', { reached: false }),
  row('Large', 'MODEL_VERSION', 'b'),
  row('Large', 'MODEL_VERSION', 'a'),
  row('Large', 'INCIDENT', 'MBI-1', { title: '=1+1', severity: 'HIGH', status: 'TRIAGED' }),
];
const ABOUT = {
  of: 'source:books',
  knownOn: '2026-01-01T00:00:00.000Z',
  address: (ref: string) => `https://x/${ref}`,
};

describe('the list of what was reached', () => {
  it('is by owner, the one with the most first, and in it incidents first and what was only influenced last', () => {
    const teams = byTeam(ROWS);
    expect(teams.map((t) => t.team)).toEqual(['Large', 'Small']);
    expect(teams[0]!.rows.map((r) => r.label)).toEqual(['MBI-1', 'a', 'b', 'run', 'teacher']);
  });

  it('holds each thing once, whatever the pages that it came on', () => {
    expect(joinRows(ROWS, [ROWS[0]!, row('Small', 'SOURCE', 'new')])).toHaveLength(ROWS.length + 1);
    expect(joinRows([ROWS[0]!], [{ ...ROWS[0]!, reached: false }])).toHaveLength(2);
  });

  it('is a file of as many rows, in which a title that looks like a formula is text', () => {
    const rows = csvRows(ROWS, ABOUT);
    expect(rows).toHaveLength(ROWS.length + 1);
    expect(rows[1]).toEqual([
      'Large',
      'Incident',
      'MBI-1',
      '=1+1',
      'reached',
      'High',
      'Triaged',
      'x:MBI-1',
      'https://x/x:MBI-1',
      'source:books',
      ABOUT.knownOn,
    ]);
    expect(csvText(rows)).toContain(`"'=1+1"`);
  });

  it('is a text for one owner, that says of what and as known when', () => {
    const text = textOf(byTeam(ROWS)[1]!, ABOUT);
    expect(text).toBe(
      'What source:books reached of Small, as known on 2026-01-01T00:00:00.000Z:\n- Model version alone, reached: https://x/x:alone\n',
    );
  });
});
