import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { ConsequenceList } from './ConsequenceList.tsx';
import { OutcomeTable } from './OutcomeTable.tsx';
import { RuleFacts } from './RuleFacts.tsx';

type Rule = Parameters<typeof RuleFacts>[0]['rule'];
type Outcomes = Parameters<typeof OutcomeTable>[0]['outcomes'];
type Outcome = Parameters<typeof ConsequenceList>[0]['outcome'];

const baseline = (id: string, retractedAt: string | null) => ({
  id,
  retractedAt,
  evalRun: { ref: `eval-run:${id}`, label: id },
  condition: null,
});

const text = (markup: string) => markup.replace(/<[^>]*>/g, '');

describe('what a rule compares with', () => {
  it('says which of it was taken back, with the day', () => {
    const rule = {
      kind: 'RISE',
      modelFamily: 'opus',
      recordedAt: '2026-05-01T00:00:00Z',
      behavior: { name: 'blackmail', title: 'Blackmail' },
      baselines: [baseline('good', null), baseline('wrong', '2026-06-01T00:00:00Z')],
      createdBy: { name: 'Ada' },
    } as unknown as Rule;
    const told = text(renderToStaticMarkup(<RuleFacts rule={rule} />));
    expect(told).toMatch(/wrong taken back .*Jun.*, so nothing is compared with it/);
    expect(told).not.toMatch(/good taken back/);
  });
});

describe('what a rule said', () => {
  it('is said of a measurement that was taken back since, with the day', () => {
    const outcome = (id: string, retractedAt: string | null) => ({
      ...{ id, verdict: 'HIT', reasons: [], consequences: [], recordedAt: '2026-05-01T00:00:00Z' },
      rule: { id: 'r', title: 'Blackmail is back' },
      measurement: {
        ...{ id, rate: 0.5, qualifier: 'EXACT', retractedAt, condition: null },
        evalRun: { ref: `eval-run:${id}`, label: id, modelVersion: { ref: 'model:opus@4', label: 'opus 4' } },
      },
    });
    const outcomes = [outcome('good', null), outcome('wrong', '2026-06-01T00:00:00Z')];
    const shown = renderToStaticMarkup(<OutcomeTable outcomes={outcomes as unknown as Outcomes} />);
    const [good, wrong] = shown.split('<tr').slice(2).map(text);
    expect(good).not.toContain('taken back');
    expect(wrong).toMatch(/taken back .*Jun/);
  });
});

describe('what a hit did', () => {
  it('says why an incident that ended after the run began was not reopened', () => {
    const incident = { id: 'i', ref: 'incident:MBI-1', key: 'MBI-1', title: 'It did', status: 'RESOLVED' };
    const outcome = { consequences: [{ action: 'LINKED_BEFORE_END', incident }] } as unknown as Outcome;
    expect(text(renderToStaticMarkup(<ConsequenceList outcome={outcome} />))).toBe(
      'Not reopened, as the run began before it ended, but added to MBI-1: It did',
    );
  });
});
