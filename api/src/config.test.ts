import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';

describe('the configuration', () => {
  it('has a default for everything, and listens on this machine alone', () => {
    const config = readConfig({ XDG_DATA_HOME: '/data' });
    expect(config).toMatchObject({
      port: 3000,
      apiPort: 4000,
      host: '127.0.0.1',
      databaseUrl: null,
      exampleData: true,
    });
    expect(config.publicUrl).toBe('http://localhost:3000');
    expect(config.dataFolder).toMatch(/headwater$/);
  });

  it('takes an empty variable for one that is not set', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: '' })).toMatchObject({ port: 3000, databaseUrl: null });
  });

  it.each([
    ['PORT', 'three', 'PORT has to be a port from 1 to 65535.'],
    ['API_PORT', '70000', 'API_PORT has to be a port from 1 to 65535.'],
    ['PORT', '4000', 'PORT and API_PORT are both 4000; the web and the API need a port each.'],
    ['HEADWATER_EXAMPLE_DATA', 'yes', 'HEADWATER_EXAMPLE_DATA has to be 0 (start empty) or 1.'],
    ['HEADWATER_ADMIN_EMAIL', 'ada', 'HEADWATER_ADMIN_EMAIL has to be an e-mail address.'],
    ['HEADWATER_ADMIN_PASSWORD', 'short', 'HEADWATER_ADMIN_PASSWORD has to be at least 12 characters long.'],
    ['HEADWATER_URL', 'ftp://x', 'HEADWATER_URL has to be an address such as https://headwater.example.org.'],
  ])('refuses %s=%s in one sentence', (name, value, sentence) => {
    expect(() => readConfig({ [name]: value })).toThrow(sentence);
  });

  it('never repeats a refused database address, which may hold a password', () => {
    expect(() => readConfig({ DATABASE_URL: 'mysql://me:secret@host/db' })).toThrow(
      /^(?!.*secret).*Postgres address/,
    );
  });
});
