import { unstable_doesMiddlewareMatch } from 'next/experimental/testing/server.js';
import { describe, expect, it } from 'vitest';
import { config } from './proxy.ts';

const passesThrough = (path: string) =>
  unstable_doesMiddlewareMatch({ config, nextConfig: {}, url: `https://headwater.test${path}` });

describe('the proxy', () => {
  it.each([
    '/',
    '/incidents/MBI-2025-0001',
    '/icon.svgx',
    '/iconxsvg',
    '/icon.svg/x',
    // There is no such file.
    '/favicon.ico',
    '/favicon.ico/x',
    '/api/evidencex',
    '/api/evidence/id/x',
    '/api/auth',
    '/api/authx',
    '/_next/imagex',
    '/_next/image/x',
    '/_next/staticx',
    '/api/graphql',
  ])('puts %s under the policy', (path) => {
    expect(passesThrough(path)).toBe(true);
  });

  it.each([
    '/icon.svg',
    '/icon.svg?icon.0a1b.svg',
    '/api/evidence',
    '/api/evidence?incident=incident:MBI-2025-0001',
    '/api/evidence/id',
    '/api/auth/session',
    '/api/auth/callback/github?code=x',
    '/_next/image?url=x',
    '/_next/static/chunks/a.js',
  ])('lets %s pass by', (path) => {
    expect(passesThrough(path)).toBe(false);
  });
});
