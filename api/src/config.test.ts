import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';
import { doorVariables } from './door-settings.ts';

describe('the configuration', () => {
  it('has a default for everything, and listens on this machine alone', () => {
    const config = readConfig({ XDG_DATA_HOME: '/data' });
    expect(config).toMatchObject({
      port: 3000,
      apiPort: 4000,
      host: '127.0.0.1',
      databaseUrl: null,
      exampleData: true,
      door: {
        trustedProxies: [],
        publicIntrospection: false,
        budget: 10_000_000,
        anonymousBudget: 2_000_000,
      },
    });
    expect(config.publicUrl).toBe('http://localhost:3000');
    expect(config.dataFolder).toMatch(/headwater$/);
  });

  it('takes an empty variable for one that is not set', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: '' })).toMatchObject({ port: 3000, databaseUrl: null });
  });

  it('says who is let in and how much they may ask for', () => {
    const { door } = readConfig({
      HEADWATER_TRUSTED_PROXIES: '10.0.0.5, 2001:db8::/32',
      HEADWATER_PUBLIC_SCHEMA: '1',
      HEADWATER_BUDGET: '5000',
      HEADWATER_ANONYMOUS_BUDGET: '1000',
    });
    expect(door).toEqual({
      trustedProxies: ['10.0.0.5', '2001:db8::/32'],
      publicIntrospection: true,
      budget: 5_000,
      anonymousBudget: 1_000,
    });
  });

  it('has a place in the README for each variable of the door', () => {
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
    expect(Object.keys(doorVariables).filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
  });

  it.each([
    ['PORT', 'three', 'PORT has to be a port from 1 to 65535.'],
    ['API_PORT', '70000', 'API_PORT has to be a port from 1 to 65535.'],
    ['PORT', '4000', 'PORT and API_PORT are both 4000; the web and the API need a port each.'],
    ['HEADWATER_EXAMPLE_DATA', 'yes', 'HEADWATER_EXAMPLE_DATA has to be 0 (start empty) or 1.'],
    ['HEADWATER_ADMIN_EMAIL', 'ada', 'HEADWATER_ADMIN_EMAIL has to be an e-mail address.'],
    ['HEADWATER_ADMIN_PASSWORD', 'short', 'HEADWATER_ADMIN_PASSWORD has to be at least 12 characters long.'],
    [
      'HEADWATER_OIDC_ISSUER',
      'http://login.example.org',
      'HEADWATER_OIDC_ISSUER has to be an https address such as https://login.example.org (http only on this machine).',
    ],
    ['HEADWATER_OIDC_DOMAINS', '@x.org', 'HEADWATER_OIDC_DOMAINS has to be domains such as example.org.'],
    [
      'HEADWATER_GITHUB_CLIENT_ID',
      'app',
      'HEADWATER_GITHUB_CLIENT_ID and HEADWATER_GITHUB_CLIENT_SECRET belong together: set both or neither.',
    ],
    ['HEADWATER_URL', 'ftp://x', 'HEADWATER_URL has to be an address such as https://headwater.example.org.'],
    ['HEADWATER_TOKEN_KEY', 'short', 'HEADWATER_TOKEN_KEY has to be 32 bytes in base64 or hexadecimal.'],
    ['HEADWATER_EVIDENCE_KEY', 'short', 'HEADWATER_EVIDENCE_KEY has to be 32 bytes in base64 or hexadecimal'],
    ['HEADWATER_EVIDENCE_MAX_BYTES', '0', 'HEADWATER_EVIDENCE_MAX_BYTES has to be a number of bytes'],
    ['HEADWATER_EVIDENCE_S3_BUCKET', 'No Bucket', 'HEADWATER_EVIDENCE_S3_BUCKET has to be a bucket'],
    ['HEADWATER_EVIDENCE_S3_ENDPOINT', 's3', 'HEADWATER_EVIDENCE_S3_ENDPOINT has to be an address'],
    [
      'HEADWATER_TRUSTED_PROXIES',
      '10.0.0.1, proxy.example.org',
      'HEADWATER_TRUSTED_PROXIES has to be addresses or networks such as 10.0.0.5,10.1.0.0/16.',
    ],
    [
      'HEADWATER_PUBLIC_SCHEMA',
      'true',
      'HEADWATER_PUBLIC_SCHEMA has to be 0 (told to whoever sends a token) or 1 (told to everyone).',
    ],
    [
      'HEADWATER_BUDGET',
      'plenty',
      'HEADWATER_BUDGET has to be a whole number of rows a minute, at least 1000.',
    ],
    [
      'HEADWATER_ANONYMOUS_BUDGET',
      '10.5',
      'HEADWATER_ANONYMOUS_BUDGET has to be a whole number of rows a minute, at least 1000.',
    ],
  ])('refuses %s=%s in one sentence', (name, value, sentence) => {
    expect(() => readConfig({ [name]: value })).toThrow(sentence);
  });

  it('reads where evidence is kept and what seals it', () => {
    expect(readConfig({}).evidence).toEqual({ keys: null, s3: null, largest: 1024 ** 3 });
    const [one, two] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
    const { evidence } = readConfig({
      HEADWATER_EVIDENCE_KEY: `${one.toString('base64')}, ${two.toString('hex')}`,
      HEADWATER_EVIDENCE_S3_BUCKET: 'a-bucket/of/evidence',
      HEADWATER_EVIDENCE_S3_ENDPOINT: 'http://127.0.0.1:9000',
      HEADWATER_EVIDENCE_MAX_BYTES: '1000',
    });
    expect(evidence).toEqual({
      keys: [one, two],
      s3: { bucket: 'a-bucket/of/evidence', endpoint: 'http://127.0.0.1:9000', region: 'us-east-1' },
      largest: 1000,
    });
  });

  it('never repeats a refused key', () => {
    const secret = 'c'.repeat(60);
    expect(() => readConfig({ HEADWATER_EVIDENCE_KEY: secret })).toThrow(/^(?!.*ccc).*32 bytes/);
  });

  it('knows the providers that it is given both halves of, and lists by commas or spaces', () => {
    const config = readConfig({
      HEADWATER_OIDC_ISSUER: 'https://login.example.org/',
      HEADWATER_OIDC_CLIENT_ID: 'headwater',
      HEADWATER_OIDC_DOMAINS: 'Example.org, lab.example',
      HEADWATER_TRUSTED_PROXIES: '10.0.0.5 fd00::/8',
    });
    expect(config.signIn).toEqual({
      oidc: {
        issuer: 'https://login.example.org/',
        clientId: 'headwater',
        name: 'single sign-on',
        domains: ['example.org', 'lab.example'],
      },
      github: null,
    });
    expect(config.door.trustedProxies).toEqual(['10.0.0.5', 'fd00::/8']);
    expect(readConfig({}).signIn).toEqual({ oidc: null, github: null });
  });

  it('never repeats a refused database address, which may hold a password', () => {
    expect(() => readConfig({ DATABASE_URL: 'mysql://me:secret@host/db' })).toThrow(
      /^(?!.*secret).*Postgres address/,
    );
  });
});
