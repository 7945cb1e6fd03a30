import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { importFiles } from './import-files.ts';

const HOSTILE = '\u001b]0;owned\u0007\u009b2J\r\n\u202eback';
const OBEYED = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;

describe('headwater import', () => {
  const folder = mkdtempSync(join(tmpdir(), 'headwater-cli-'));
  const path = join(folder, 'log\u001b[31m\n.json');
  let server: Server;
  let answer: { status: number; body: unknown };
  beforeAll(async () => {
    writeFileSync(path, '{}');
    server = createServer((request, response) => {
      request.resume().on('end', () => {
        const { status, body } = request.url === '/graphql' ? { status: 200, body: RUN } : answer;
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    vi.stubEnv('HEADWATER_API_URL', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    vi.stubEnv('HEADWATER_TOKEN', 'a token');
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await new Promise((resolve) => server.close(resolve));
    rmSync(folder, { recursive: true });
  });

  const RUN = {
    data: {
      import: {
        status: 'FAILED',
        format: HOSTILE,
        error: HOSTILE,
        bytes: '1',
        warnings: [HOSTILE],
        leftOut: [{ field: HOSTILE, reason: HOSTILE }],
        progress: { bytesRead: '1', lines: 1, added: 0, held: 0, refused: 1 },
      },
    },
  };

  async function said(what: typeof answer): Promise<string> {
    answer = what;
    let text = '';
    const write = vi.spyOn(process.stdout, 'write').mockImplementation((piece) => {
      text += String(piece);
      return true;
    });
    try {
      await importFiles([path]);
    } finally {
      write.mockRestore();
    }
    return text;
  }

  it.each([
    [
      'a report',
      {
        status: 201,
        body: {
          format: HOSTILE,
          evalRun: HOSTILE,
          evalRuns: [HOSTILE, HOSTILE],
          kept: [{ field: HOSTILE, how: HOSTILE }],
          leftOut: [{ field: HOSTILE, count: 1, reason: HOSTILE }],
          warnings: [HOSTILE, { [HOSTILE]: HOSTILE }],
        },
      },
    ],
    ['a refusal', { status: 422, body: { error: HOSTILE } }],
    ['an import that goes on after the answer', { status: 202, body: { id: 'an id' } }],
  ])('shows of %s what a terminal would obey, and lets it obey nothing', async (_, what) => {
    const text = await said(what);
    // The ends of our own lines are the only breaks.
    expect(text.replaceAll('\n', '')).not.toMatch(OBEYED);
    expect(text).toContain('log\\u{1b}[31m\\u{a}.json');
    expect(text).toContain('\\u{1b}]0;owned\\u{7}\\u{9b}2J\\u{d}\\u{a}\\u{202e}back');
  });
});
