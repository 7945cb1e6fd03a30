// Reading what is guarded, sharing, and tokens.
import type { Hand, Trial } from './hand.ts';

export function aboutReading(h: Hand): Trial[] {
  const { names } = h;
  return [
    ['revealEvidence', { id: h.id('evidence'), reason: 'It must be read for this.' }],
    ['revealEvidence', { id: h.seen('evidence'), reason: 'It must be read for this.' }],
    ['revealImport', { import: h.id('import'), reason: 'It must be read for this.' }],
    ['rereadImport', { import: h.id('import') }],
    ['approveStandard', { standard: h.taken(names.of('standard')), version: '0', decision: 'APPROVED' }],
    ['approveStandard', { standard: h.seenName('standard'), version: '0', decision: 'DISSENTED' }],
  ];
}

export function aboutSharing(h: Hand): Trial[] {
  return [
    ['shareWith', { target: h.id('node', 'dataset', 'model', 'evidence'), visibility: h.visibility() }],
    ['shareWith', { target: h.seen('node'), visibility: h.visibility(), people: [h.id('actor')] }],
    ['shareWith', { target: h.seen('dataset'), people: [h.id('actor')] }],
    ['shareWith', { target: h.seen('hypothesis'), visibility: 'PUBLIC' }],
  ];
}

export function aboutAccounts(h: Hand): Trial[] {
  return [
    ['createApiToken', { name: 'tool', scopes: ['read'] }],
    ['revokeApiToken', { id: h.id('claim') }],
  ];
}
