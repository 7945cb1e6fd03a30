import { describe, expect, it } from 'vitest';
import { broughtOf } from './brought.ts';
import {
  EMPTY,
  fieldOf,
  isUntouched,
  parseDraft,
  serializeDraft,
  toInput,
  withBrought,
} from './draft-state.ts';

const full = {
  ...EMPTY,
  title: ' Blackmail ',
  summary: 'It threatened.',
  occurredOn: '2025-05-22',
  suspects: [
    { value: 'dataset:the-pile@1.0', label: 'The Pile 1.0', detail: 'Dataset version' },
    { value: 'tag:fiction/dystopian-ai', label: '#fiction/dystopian-ai' },
  ],
  reportUrl: 'https://example.org/a',
};

describe('a draft kept in the browser', () => {
  it('comes back whole after a reload', () => {
    const back = parseDraft(serializeDraft(full));
    expect(back).toEqual({
      ...full,
      suspects: full.suspects.map(({ value, label }) => ({ value, label })),
    });
  });

  it('never breaks the form, whatever was kept', () => {
    for (const kept of [null, '', '{', '[]', 'null', '7']) {
      const draft = parseDraft(kept);
      expect(draft === null || isUntouched(draft)).toBe(true);
    }
    expect(parseDraft('{"severity":"AWFUL","suspects":[3,{"value":1}],"title":9}')).toEqual(EMPTY);
  });

  it('keeps with each sample the run that it is of, whatever run is brought or put first later', () => {
    const ofA = broughtOf({ evalRun: 'eval-run:a', sample: ['1'], sampleName: ['s1, epoch 1'] });
    const kept = parseDraft(serializeDraft(withBrought({ ...EMPTY, title: 'It lied' }, ofA)));
    const later = withBrought(kept ?? EMPTY, broughtOf({ evalRun: 'eval-run:b' }));
    expect(later).toMatchObject({
      title: 'It lied',
      evalRuns: [{ value: 'eval-run:b', label: 'b' }],
      samples: [{ value: '1', label: 's1, epoch 1', run: 'eval-run:a' }],
    });
    const ofB = broughtOf({ evalRun: 'eval-run:b', sample: '2' });
    expect(withBrought(later, ofB).samples.map(({ value, run }) => [value, run])).toEqual([
      ['2', 'eval-run:b'],
    ]);
  });

  it('comes back from before samples had a run with none, and not with one that may be false', () => {
    const old = { ...EMPTY, evalRuns: [{ value: 'eval-run:b', label: 'b' }] };
    const kept = JSON.stringify({ ...old, samples: [{ value: '1', label: 's1, epoch 1' }, 3, { run: 'x' }] });
    expect(parseDraft(kept)).toEqual({
      ...old,
      samples: [{ value: '1', label: 's1, epoch 1', run: null }],
    });
  });

  it('is left for what the address brought, where one starts afresh', () => {
    const brought = broughtOf({ evalRun: 'eval-run:b', sample: '2' });
    expect(withBrought(EMPTY, brought)).toEqual({ ...EMPTY, ...brought });
  });

  it('counts as untouched only while nothing differs from the defaults', () => {
    expect(isUntouched(EMPTY)).toBe(true);
    expect(isUntouched({ ...EMPTY, severity: 'HIGH' })).toBe(false);
  });
});

describe('what is filed', () => {
  it('is kept back from the first moment on, where an embargo is set', () => {
    const kept = {
      ...full,
      embargoedUntil: '2099-01-01T10:00',
      sharedWith: [{ value: 'id', label: 'Somebody' }],
    };
    expect(toInput(kept, false)).toMatchObject({
      sharedWith: ['id'],
      embargoedUntil: new Date('2099-01-01T10:00').toISOString(),
    });
    expect(toInput({ ...kept, embargoedUntil: 'soon' }, false).embargoedUntil).toBeNull();
    expect(parseDraft(serializeDraft(kept))).toMatchObject({ embargoedUntil: '2099-01-01T10:00' });
  });

  it('tells references from tags, days from times, and a report without a title by its address', () => {
    expect(toInput(full, false)).toMatchObject({
      title: 'Blackmail',
      occurredAt: '2025-05-22T00:00:00.000Z',
      suspects: ['dataset:the-pile@1.0'],
      suspectTags: ['fiction/dystopian-ai'],
      reports: [{ title: 'https://example.org/a', url: 'https://example.org/a' }],
      draft: false,
    });
  });

  it('finds the field that an error is about', () => {
    expect(fieldOf(['suspectTags', '0'])).toBe('suspects');
    expect(fieldOf(['occurredAt'])).toBe('occurredOn');
    expect(fieldOf(['reports', '0', 'url'])).toBe('reportUrl');
    expect(fieldOf(['toString'])).toBeNull();
    expect(fieldOf([])).toBeNull();
  });
});
