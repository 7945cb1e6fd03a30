import type { ClaimProperty } from '../../../graphql/generated/graphql.ts';

type ValueKind = 'number' | 'text' | 'time';

const KINDS: Record<ClaimProperty, ValueKind> = {
  TOKENS: 'number',
  ROWS: 'number',
  DOCUMENTS: 'number',
  BYTES: 'number',
  TRAINED_TOKENS: 'number',
  PARAMETERS: 'number',
  LICENSE: 'text',
  TITLE: 'text',
  DESCRIPTION: 'text',
  URL: 'text',
  RELEASED_AT: 'time',
};

export const CLAIM_PROPERTIES = Object.keys(KINDS) as ClaimProperty[];

export const valueKind = (property: ClaimProperty): ValueKind => KINDS[property];

export type ClaimValue = { number: number | null; text: string | null; time: string | null };

/**
 * What was typed, as the one field of the input that its property takes. A number may be grouped with commas
 * or spaces; a day becomes its start in UTC. Null where it can't be read.
 */
export function readClaimValue(property: ClaimProperty, typed: string): ClaimValue | null {
  const value = typed.trim();
  if (value === '') return null;
  switch (valueKind(property)) {
    case 'number': {
      const plain = value.replace(/[,\s_]/g, '');
      const number = Number(plain);
      return plain !== '' && Number.isFinite(number) && number >= 0
        ? { number, text: null, time: null }
        : null;
    }
    case 'time': {
      const time = new Date(/^\d{4}-\d{2}-\d{2}$/.test(value) ? `${value}T00:00:00Z` : value);
      return Number.isNaN(time.getTime()) ? null : { number: null, text: null, time: time.toISOString() };
    }
    case 'text':
      return { number: null, text: value, time: null };
  }
}
