import { describe, expect, it } from 'vitest';
import { linkedGroups } from './linked-groups.ts';

const incident = {
  modelVersions: [
    { id: 'm1', label: 'linked' },
    { id: 'm2', label: 'evaluated only' },
  ],
  evalRuns: [{ id: 'r1', label: 'run' }],
  links: {
    edges: [
      { kind: 'EXHIBITED_BY', upstream: { id: 'm1' } },
      { kind: 'OBSERVED_IN', upstream: { id: 'r1' } },
      { kind: 'EVALUATED', upstream: { id: 'm2' } },
    ],
  },
  suspects: [{ id: 's1', label: 'books3' }],
  reports: [{ id: 'p1', title: 'An article' }],
  related: [{ incident: { id: 'i1', key: null, title: 'Another' } }],
};

describe('linkedGroups', () => {
  it('offers what is linked itself, and not a model version that only an eval run brings in', () => {
    expect(linkedGroups(incident)).toEqual([
      { title: 'Model versions', links: [{ id: 'm1', label: 'linked' }] },
      { title: 'Eval runs', links: [{ id: 'r1', label: 'run' }] },
      { title: 'Suspects', links: [{ id: 's1', label: 'books3' }] },
      { title: 'Reports', links: [{ id: 'p1', label: 'An article' }] },
      { title: 'Related incidents', links: [{ id: 'i1', label: 'Another' }] },
    ]);
  });
});
