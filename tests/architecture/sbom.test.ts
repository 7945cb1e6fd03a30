import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { LOCK } from './floors.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

interface Component {
  'bom-ref': string;
  name: string;
  version: string;
  purl: string;
}
interface Sbom {
  bomFormat: string;
  specVersion: string;
  serialNumber: string;
  metadata: { component: Component };
  components: Component[];
  dependencies: { ref: string; dependsOn: string[] }[];
}

/** Nothing is fetched for it: it tells of the packages that are installed. */
const printed = () =>
  JSON.parse(
    execFileSync('npm', ['run', '--silent', 'sbom'], {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 ** 2,
      env: { ...process.env, npm_config_offline: 'true' },
    }),
  ) as Sbom;

/** What the packages of the repository say themselves that they need, each with the version that is locked for it. */
function direct(): string[] {
  const of = ['', 'api/', 'web/', 'tests/'].flatMap((folder) => {
    const { dependencies, devDependencies } = JSON.parse(
      readFileSync(`${root}${folder}package.json`, 'utf8'),
    ) as Record<string, Record<string, string> | undefined>;
    return Object.keys({ ...dependencies, ...devDependencies }).map((name) => {
      const { packages } = LOCK;
      const locked = packages[`${folder}node_modules/${name}`] ?? packages[`node_modules/${name}`];
      return `pkg:npm/${name.replace('@', '%40')}@${locked?.version}`;
    });
  });
  return [...new Set(of)].sort();
}

describe('npm run sbom', () => {
  it('prints a whole CycloneDX document that names every direct dependency by the version locked', () => {
    const sbom = printed();
    expect(sbom).toMatchObject({
      bomFormat: 'CycloneDX',
      specVersion: expect.stringMatching(/^1\.\d+$/),
      serialNumber: expect.stringMatching(/^urn:uuid:[0-9a-f-]{36}$/),
      metadata: { component: { name: expect.any(String) } },
    });
    const purls = new Set(sbom.components.map(({ purl }) => purl));
    expect(direct().length).toBeGreaterThan(50);
    expect(direct().filter((purl) => !purls.has(purl))).toEqual([]);
    // Whoever reads it follows references: each leads to one component.
    const refs = [sbom.metadata.component, ...sbom.components].map((component) => component['bom-ref']);
    expect(new Set(refs).size).toBe(refs.length);
    const pointed = sbom.dependencies.flatMap(({ ref, dependsOn }) => [ref, ...dependsOn]);
    expect(pointed.filter((ref) => !refs.includes(ref))).toEqual([]);
    expect(sbom.components.filter(({ name, version }) => !name || !version)).toEqual([]);
  });
});
