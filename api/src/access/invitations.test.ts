import { describe, expect, it } from 'vitest';
import { invitationStatus } from './invitations.ts';

const now = new Date('2026-03-01T12:00:00Z');
const later = new Date('2026-03-02T12:00:00Z');
const times = { expiresAt: later, acceptedAt: null, revokedAt: null };

describe('the status of an invitation', () => {
  it('is pending until its last moment, and expired from then on', () => {
    expect(invitationStatus(times, now)).toBe('PENDING');
    expect(invitationStatus({ ...times, expiresAt: now }, now)).toBe('EXPIRED');
  });

  it('stays accepted or revoked after it would have expired', () => {
    expect(invitationStatus({ ...times, expiresAt: now, acceptedAt: now }, later)).toBe('ACCEPTED');
    expect(invitationStatus({ ...times, expiresAt: now, revokedAt: now }, later)).toBe('REVOKED');
  });
});
