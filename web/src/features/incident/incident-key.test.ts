import { describe, expect, it } from 'vitest';
import { isIncidentKey } from './incident-key.ts';

describe('the key of an incident', () => {
  it('is told from the reference of a draft', () => {
    expect(['MBI-2025-0001', 'mbi-2025-12'].every(isIncidentKey)).toBe(true);
    for (const ref of ['incident:MBI-2025-0001', 'b3BhcXVl', 'MBI-2025', ' MBI-2025-0001', ''])
      expect([ref, isIncidentKey(ref)]).toEqual([ref, false]);
  });
});
