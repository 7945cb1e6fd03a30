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
    ['HEADWATER_URL', 'ftp://x', 'HEADWATER_URL has to be an address such as https://headwater.example.org.'],
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

  it('never repeats a refused database address, which may hold a password', () => {
    expect(() => readConfig({ DATABASE_URL: 'mysql://me:secret@host/db' })).toThrow(
      /^(?!.*secret).*Postgres address/,
    );
  });
});
