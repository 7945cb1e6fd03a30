import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const WEB = new URL('../../web/src/', import.meta.url);
const sources = readdirSync(WEB, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path) && !path.includes('generated'))
  .map((path) => ({ path, text: readFileSync(new URL(path, WEB), 'utf8') }));
const pathsOf = (matching: (text: string) => boolean) =>
  sources.filter(({ text }) => matching(text)).map(({ path }) => path);

/** Runs in the browser, whose requests go to the web alone: the policy of its pages lets them go nowhere else. */
const inBrowser = (text: string) => text.startsWith("'use client'");

describe('the server of the web', () => {
  // `callApi` asks for the caller: a second way there would let one visitor spend the budget of all.
  it('asks the API in one place, which names the caller', () => {
    expect(sources.length).toBeGreaterThan(300);
    expect(pathsOf((text) => text.includes('HEADWATER_API_URL'))).toEqual(['graphql/call-api.ts']);
    expect(pathsOf((text) => /(?<![\w.])fetch\(/.test(text) && !inBrowser(text))).toEqual([
      'graphql/call-api.ts',
    ]);
  });
});
