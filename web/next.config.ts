import type { NextConfig } from 'next';

/** The content security policy of pages carries a nonce for each request, so it is set in proxy.ts. */
const headers = [
  // Names of incidents and models stand in addresses: another site is told nothing of where a link was followed.
  { key: 'Referrer-Policy', value: 'same-origin' },
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
  {
    key: 'Permissions-Policy',
    value: 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
  },
];

/** What NextAuth answers itself is JSON, redirects, and a few bare pages that no page of ours leads to. */
const authHeaders = [
  {
    key: 'Content-Security-Policy',
    value: "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  },
];

const config: NextConfig = {
  poweredByHeader: false,
  devIndicators: false,
  allowedDevOrigins: ['127.0.0.1', 'localhost'],
  outputFileTracingRoot: new URL('..', import.meta.url).pathname,
  turbopack: { root: new URL('..', import.meta.url).pathname },
  headers: async () => [
    { source: '/:path*', headers },
    { source: '/api/auth/:path*', headers: authHeaders },
  ],
};

export default config;
