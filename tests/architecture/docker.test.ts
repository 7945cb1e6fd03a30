import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ROUTE } from '../../api/src/access/permissions.ts';
import { copiedFrom, type Instruction, isInRepository, read, stagesOf, wordsOf } from './dockerfile.ts';
import { FLOORS, isAtLeast } from './floors.ts';

interface Service {
  image: string;
  build?: { context: string; dockerfile: string };
  user?: string;
  command?: string[];
  environment?: Record<string, string>;
  healthcheck?: { test?: string[]; disable?: boolean };
  depends_on?: Record<string, { condition: string }>;
  networks: unknown;
  volumes?: string[];
  read_only?: boolean;
  cap_drop?: string[];
  security_opt?: string[];
}

const composeText = read('docker/compose.yaml');
const compose = parse(composeText, { merge: true }) as {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
};
const services = Object.entries(compose.services);
const service = (name: string): Service => {
  const found = compose.services[name];
  if (!found) throw new Error(`No service ${name}.`);
  return found;
};
const dockerfiles = ['docker/api.Dockerfile', 'docker/web.Dockerfile'].map(
  (path) => [path, stagesOf(read(path))] as const,
);
const config = read('api/src/config.ts') + read('api/src/door-settings.ts');
const readers = [
  config,
  read('api/src/cli/child.ts'),
  read('web/src/auth/providers.ts'),
  read('web/src/auth/session-cookie.ts'),
  read('web/src/graphql/call-api.ts'),
].join('\n');
const isNamed = (name: string, text: string) => new RegExp(`\\b${name}\\b`).test(text);
const isSecret = (name: string) => /PASSWORD|SECRET|KEY|TOKEN|DATABASE_URL/.test(name);

describe('the Dockerfiles', () => {
  it.each(dockerfiles)('%s copies what a clean checkout has', (_path, stages) => {
    const sources = copiedFrom(stages);
    expect(sources).toContain('package-lock.json');
    expect(sources.filter((source) => !isInRepository(source))).toEqual([]);
  });

  it('are given no tests, whose packages are not installed, and nothing that was made or is secret', () => {
    const tests = ['**/*.test.ts', '**/*.test.tsx'];
    const made = ['**/node_modules', '**/generated', '**/.next', '**/.env'];
    expect(read('.dockerignore').split('\n')).toEqual(expect.arrayContaining([...tests, ...made]));
  });

  it.each(dockerfiles)(
    '%s installs from the lock file alone, without the scripts of packages',
    (_, stages) => {
      const runs = stages.flat().filter(({ name }) => name === 'RUN');
      const installs = runs.filter(({ value }) => /\bnpm (ci|i|install)\b/.test(value));
      expect(installs.length).toBeGreaterThan(0);
      for (const { value } of installs) expect(value).toMatch(/^npm ci --workspace=\w+ .*--ignore-scripts/);
    },
  );

  it.each(dockerfiles)('%s runs scripts and commands that there are', (_path, stages) => {
    const folder = (stage: Instruction[]) => stage.find(({ name }) => name === 'WORKDIR')?.value ?? '';
    for (const stage of stages)
      for (const { name, value } of stage.filter((one) => ['RUN', 'CMD'].includes(one.name))) {
        const script = /\bnpm run (\S+) --workspace=(\w+)/.exec(value);
        if (script)
          expect(JSON.parse(read(`${script[2]}/package.json`)).scripts).toHaveProperty([script[1]!]);
        if (name === 'CMD' || value.startsWith('node ')) expectRunnable(wordsOf(value), folder(stage));
      }
  });

  it.each(dockerfiles)(
    '%s ends as another user than root, told to nobody what is secret',
    (_path, stages) => {
      const last = stages.at(-1) ?? [];
      const users = last.filter(({ name }) => name === 'USER').map(({ value }) => value);
      expect(users).toEqual(['node']);
      const told = stages.flat().filter(({ name }) => name === 'ENV' || name === 'ARG');
      expect(told.filter(({ value }) => isSecret(value.split('=')[0] ?? ''))).toEqual([]);
    },
  );

  it.each(dockerfiles)('%s starts from a Node that is named and at or above its floor', (_path, stages) => {
    const bases = stages
      .map(([from]) => from?.value.split(' ')[0] ?? '')
      .filter((base) => base.includes(':'));
    expect(bases.length).toBeGreaterThan(0);
    for (const base of bases) {
      expect(base).toMatch(/^node:24[.\d]*-\w+-slim$/);
      expect(isAtLeast(/:([\d.]+)/.exec(base)?.[1], FLOORS.node)).toBe(true);
    }
  });
});

/** The program that a container starts: a file of the repository, of a package, or a subcommand of `headwater`. */
function expectRunnable(words: readonly string[], folder: string): void {
  expect(words[0]).toBe('node');
  const file = words.find((word) => /\.m?[jt]s$|\/bin\//.test(word)) ?? '';
  if (file.startsWith('../node_modules/')) {
    expect(folder).toBe('/headwater/web');
    const name = file.split('/')[2]!;
    expect(read(`node_modules/${name}/package.json`)).toContain(file.split('/').slice(3).join('/'));
    expect(JSON.parse(read('web/package.json')).dependencies).toHaveProperty([name]);
    return;
  }
  expect(isInRepository(file)).toBe(true);
  if (file.endsWith('headwater.mjs'))
    expect(read('api/src/cli/main.ts')).toContain(`.command('${words[words.indexOf(file) + 1]}')`);
}

describe('compose.yaml', () => {
  it('builds by the Dockerfiles, and starts what there is', () => {
    for (const [, { build, command }] of services) {
      if (build) expect(dockerfiles.map(([path]) => path)).toContain(build.dockerfile);
      if (build) expect(build.context).toBe('..');
      if (command) expectRunnable(command, '/headwater');
    }
    expect(service('prepare').command?.at(-1)).toBe('prepare');
  });

  it('hardens every container: no root, no capability, nothing written beside volumes', () => {
    for (const [name, { build, user, read_only, cap_drop, security_opt }] of services) {
      expect([name, build ? 'node' : user, read_only, cap_drop, security_opt]).toEqual([
        name,
        build ? 'node' : 'postgres',
        true,
        ['ALL'],
        ['no-new-privileges:true'],
      ]);
    }
  });

  it('tells each container variables that something in it reads', () => {
    for (const [name, { environment = {} }] of services) {
      const known = (variable: string) =>
        name === 'database'
          ? /^POSTGRES_(USER|DB|PASSWORD)$/.test(variable)
          : isNamed(variable, name === 'web' ? readers : readers.replace(/NEXTAUTH_\w+/g, ''));
      expect(Object.keys(environment).filter((variable) => !known(variable))).toEqual([]);
    }
  });

  it('passes on every variable that the API knows, but for those that the containers settle', () => {
    const settled = ['PORT', 'API_PORT', 'HEADWATER_HOST', 'HEADWATER_DATA'];
    const names = [...config.matchAll(/^ {2}([A-Z][A-Z0-9_]+): /gm)].map((match) => match[1]!);
    expect(names).toContain('HEADWATER_TRUSTED_PROXIES');
    const passed = Object.keys({ ...service('prepare').environment, ...service('api').environment });
    expect(names.filter((name) => !passed.includes(name) && !settled.includes(name))).toEqual([]);
  });

  it('holds no secret, and neither does the example of what to fill in', () => {
    const secrets = services.flatMap(([, { environment = {} }]) =>
      Object.entries(environment).filter(([name]) => isSecret(name)),
    );
    expect(secrets.length).toBeGreaterThan(5);
    for (const [, value] of secrets) expect(value).toMatch(/^(\$\{[^}]+\}|\w+:\/\/\w+:\$\{[^}]+\}@\S+)$/);
    const filled = read('docker/example.env')
      .split('\n')
      .filter((line) => /^\w+=./.test(line));
    expect(filled.filter((line) => isSecret(line.split('=')[0] ?? ''))).toEqual([]);
    expect(isInRepository('docker/.env')).toBe(false);
  });

  it('asks for nothing that the example does not name, and the example for nothing that is not asked', () => {
    const asked = [...composeText.matchAll(/\$\{([A-Z0-9_]+)/g)].map((match) => match[1]);
    const named = [...read('docker/example.env').matchAll(/^([A-Z0-9_]+)=/gm)].map((match) => match[1]);
    expect([...new Set(asked)].sort()).toEqual(named.sort());
  });

  it('gives the web no database and no key to evidence, and the API none of the web’s secrets', () => {
    const told = (name: string) => Object.keys(service(name).environment ?? {});
    expect(told('web').filter((name) => /DATABASE|EVIDENCE|AWS|ADMIN/.test(name))).toEqual([]);
    expect(service('web').volumes).toBeUndefined();
    for (const name of ['api', 'prepare'])
      expect(told(name).filter((variable) => /NEXTAUTH|OIDC_CLIENT_SECRET/.test(variable))).toEqual([]);
    expect(service('database').networks).toEqual(['inside']);
  });

  it('keeps keys apart from data, and both beyond a container', () => {
    const [, stages] = dockerfiles[0]!;
    const folder = stages
      .flat()
      .find(({ value }) => value.startsWith('HEADWATER_DATA='))
      ?.value.split('=')[1];
    for (const name of ['api', 'prepare'])
      expect(service(name).volumes).toEqual([`data:${folder}`, `keys:${folder}/keys`]);
    expect(Object.keys(compose.volumes).sort()).toEqual(['data', 'database', 'keys']);
  });

  it('asks each server how it is, where it says so, and starts in order', () => {
    const asked = (words: readonly string[]) =>
      /fetch\('http:\/\/127\.0\.0\.1:(\d+)(\/\w*)'\)/.exec(words.join(' '));
    const built = dockerfiles.map(([, stages]) =>
      asked([stages.at(-1)?.find(({ name }) => name === 'HEALTHCHECK')?.value ?? '']),
    );
    expect(built.map((match) => match?.slice(1))).toEqual([
      ['4000', '/healthz'],
      ['3000', '/'],
    ]);
    expect(asked(service('api').healthcheck?.test ?? [])?.slice(1)).toEqual(['4000', '/readyz']);
    expect(ROUTE).toMatchObject({ 'GET /healthz': 'everyone', 'GET /readyz': 'everyone' });
    const waitsFor = (name: string) => service(name).depends_on;
    expect(waitsFor('prepare')).toEqual({ database: { condition: 'service_healthy' } });
    expect(waitsFor('api')).toEqual({ prepare: { condition: 'service_completed_successfully' } });
    expect(waitsFor('web')).toEqual({ api: { condition: 'service_healthy' } });
  });

  it('runs a Postgres that is named and at or above its floor', () => {
    const version = /^postgres:([\d.]+)-\w+$/.exec(service('database').image)?.[1];
    expect(isAtLeast(version, FLOORS.postgres)).toBe(true);
  });
});
