import { parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { buildSchema } from '../../api/src/graphql/schema.ts';
import { isInRepository, read } from './dockerfile.ts';

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

  it('leads to files that there are, and to scripts', () => {
    for (const page of ['README.md', 'CONTRIBUTING.md', 'ARCHITECTURE.md', 'SECURITY.md']) {
      const text = read(page);
      const links = [...text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, path]) => path!);
      expect(links.filter((path) => !isInRepository(path))).toEqual([]);
      const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
      const named = [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name!);
      expect(named.filter((name) => !(name in scripts))).toEqual([]);
    }
  });
});
