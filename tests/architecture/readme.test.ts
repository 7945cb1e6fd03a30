import { readdirSync } from 'node:fs';
import { posix } from 'node:path';
import { parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { buildSchema } from '../../api/src/graphql/schema.ts';
import { isInRepository, ROOT, read } from './dockerfile.ts';

const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  'ARCHITECTURE.md',
  'SECURITY.md',
  'docs/decisions/README.md',
  'docs/lineage.md',
  'docs/performance.md',
  'docs/tools.md',
];

const readme = read('README.md');
const blocks = [...readme.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, text]) => text!);

describe('the README', () => {
  it('shows questions that are JSON as it is sent, and hold against the schema', () => {
    const bodies = blocks.flatMap((block) => [...block.matchAll(/<<'JSON'\n([\s\S]*?)\nJSON\n/g)]);
    expect(bodies.length).toBeGreaterThan(0);
    for (const [, body = ''] of bodies) {
      // curl takes the newlines out of what it reads from @-, and out of nothing else.
      const { query } = JSON.parse(body.replaceAll('\n', '')) as { query: string };
      expect(validate(buildSchema(), parse(query))).toEqual([]);
    }
    for (const block of blocks.filter((text) => text.includes('/graphql'))) expect(block).toContain('-d @-');
  });

  it('names every variable that an installation reads', () => {
    const code = [
      'api/src/config.ts',
      'api/src/door-settings.ts',
      'api/src/platform/log.ts',
      'api/src/platform/data-folder.ts',
      'api/src/cli/import-files.ts',
      'web/src/auth/providers.ts',
      'web/src/graphql/call-api.ts',
    ].map(read);
    const names = code.join('\n').match(/\b(HEADWATER_[A-Z0-9_]+|DATABASE_URL|API_PORT|XDG_DATA_HOME)\b/g);
    expect([...new Set(names)].filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
  });

  it('and the other pages lead to files that there are, and to scripts', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    for (const page of PAGES) {
      const text = read(page);
      const links = [...text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, path]) =>
        posix.join(posix.dirname(page), path!),
      );
      expect(
        links.filter((path) => !isInRepository(path)),
        page,
      ).toEqual([]);
      const named = [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name!);
      // Capitals are for the reader to fill in.
      expect(
        named.filter((name) => !/[A-Z]/.test(name) && !(name in scripts)),
        page,
      ).toEqual([]);
    }
  });
});

describe('the index of decisions', () => {
  it('has each, once, by its own title', () => {
    const decisions = readdirSync(`${ROOT}docs/decisions`).filter((name) => /^\d{4}-/.test(name));
    const listed = [...read('docs/decisions/README.md').matchAll(/^- \d+\. \[.*\]\(.*\)$/gm)].map(
      ([line]) => line,
    );
    const titles = decisions.map((name) => {
      const [, number, title] = /^# (\d+)\. (.*)\n/.exec(read(`docs/decisions/${name}`)) ?? [];
      expect(Number(number), name).toBe(Number(name.slice(0, 4)));
      return `- ${number}. [${title}](${name})`;
    });
    expect(listed.sort()).toEqual(titles.sort());
  });
});
