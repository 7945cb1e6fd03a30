import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Config, readConfig } from '../config.ts';
import { findRunning, lockDataFolder, openDataFolder, wasKilled } from '../platform/data-folder.ts';
import { StartRefusal } from '../platform/data-folder-refusal.ts';
import { childEnvironment, keepRunning, secretsOfTheApi } from './child.ts';
import { exampleData, firstAdministrator, passwordInWords, type SignIn } from './first-start.ts';
import { ensureGeneratedClient } from './generated-client.ts';
import { openInstallationDatabase, refuseUnusable } from './installation-database.ts';
import { migrateWithProgress } from './migrate.ts';
import { refuseTakenPorts } from './ports.ts';
import { type Progress, progressTo } from './progress.ts';
import { programOf, REPOSITORY, WEB } from './repository.ts';
import { Undoing } from './undoing.ts';
import { ensureWebBuild, generateDocuments } from './web-build.ts';

export type StartOptions = { dev: boolean; empty: boolean };

const print = (line: string) => void process.stdout.write(`${line}\n`);

/** How long the ports of a killed Headwater may take to become free. */
const AFTER_KILL_MS = 5_000;
const READY_MS = 90_000;

/**
 * Brings everything up, says where it is, and stays until it is told to stop or a part of it dies.
 * @returns the exit code; everything has been stopped by then.
 */
export async function start(options: StartOptions): Promise<number> {
  const config = readConfig(process.env);
  const stop = untilTold();
  const undoing = new Undoing();
  try {
    const up = await bringUp(config, options, undoing, stop.signal);
    const end = await Promise.race([stop.told.then(() => null), up.died]);
    if (end === null) {
      print('Stopping…');
      return 0;
    }
    process.stderr.write(`${end}. Stopping the rest.\n`);
    return 1;
  } catch (error) {
    if (stop.signal.aborted) return 130;
    throw error;
  } finally {
    await undoing.run();
    stop.forget();
  }
}

/** Ctrl-C reaches us through the terminal and through npm, so a second signal means nothing new. */
function untilTold() {
  const controller = new AbortController();
  let tell: () => void = () => undefined;
  const told = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const listener = () => {
    controller.abort();
    tell();
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const name of signals) process.on(name, listener);
  return {
    signal: controller.signal,
    told,
    forget: () => signals.forEach((name) => void process.off(name, listener)),
  };
}

async function bringUp(config: Config, options: StartOptions, undoing: Undoing, signal: AbortSignal) {
  refuseSecond(config.dataFolder);
  await refuseTakenPorts(config, wasKilled(config.dataFolder) ? AFTER_KILL_MS : 0);
  if (config.databaseUrl !== null) await refuseUnusable(config.databaseUrl);
  print('Headwater: from a model’s behaviour back to its data.');
  const progress = progressTo(print);
  const folder = openDataFolder(config.dataFolder);
  const lock = lockDataFolder(folder.path);
  undoing.add(() => lock.release());

  const logs = join(folder.path, 'logs');
  // The build of the web and the making of the database don't need each other, and two cores can do both.
  const together = new AbortController();
  const stopBoth = AbortSignal.any([signal, together.signal]);
  const parts = await bothOrNeither(
    [
      prepareInstallation(config, options, folder, undoing, progress, stopBoth),
      options.dev ? generateDocuments(logs, stopBoth) : ensureWebBuild(logs, progress, stopBoth),
    ],
    together,
  );
  const { database, services, signIn } = parts[0];

  const here = config.host === '0.0.0.0' || config.host === '::' ? '127.0.0.1' : config.host;
  const apiUrl = `http://${here}:${config.apiPort}`;
  const api = await progress.step('API started', () =>
    startApiServer(config, options, database.appUrl, services, apiUrl),
  );
  undoing.add(() => api.stop());
  lock.announce({ databaseUrl: database.appUrl, apiUrl, webUrl: config.publicUrl });
  const web = startWeb(config, options, folder.secret('nextauth'), apiUrl);
  undoing.add(() => web.stop());
  await progress.step('Web started', () => answers(`http://${here}:${config.port}/`, web.died, signal));
  sayWhere(config, apiUrl, folder.path, database.description, signIn);
  const databaseDied = database.died.then(() => 'The database has ended unexpectedly');
  return { died: Promise.race([web.died, databaseDied, ...api.died]) };
}

function refuseSecond(dataFolder: string): void {
  const found = findRunning(dataFolder);
  if (!found) return;
  const at = found.running?.webUrl ? `at ${found.running.webUrl}, ` : '';
  throw new StartRefusal(
    `Headwater is already running on the data folder ${dataFolder} (${at}process ${found.pid}); stop it first, or set HEADWATER_DATA to another folder.`,
  );
}

/** Waits for all; at the first failure it ends the others, waits for them too, and throws that first failure. */
async function bothOrNeither<const T extends Promise<unknown>[]>(
  work: T,
  together: AbortController,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  try {
    return (await Promise.all(work)) as { -readonly [K in keyof T]: Awaited<T[K]> };
  } catch (error) {
    together.abort();
    await Promise.allSettled(work);
    throw error;
  }
}

async function prepareInstallation(
  config: Config,
  options: StartOptions,
  folder: ReturnType<typeof openDataFolder>,
  undoing: Undoing,
  progress: Progress,
  signal: AbortSignal,
) {
  const database = await progress.step('Database ready', async (say) => {
    const opened = await openInstallationDatabase(config, folder);
    say(opened.description);
    return opened;
  });
  undoing.add(() => database.stop());
  signal.throwIfAborted();
  await ensureGeneratedClient(progress, signal);
  await migrateWithProgress(database, progress);
  signal.throwIfAborted();
  const { openServices } = await import('../services.ts');
  const services = await openServices({
    databaseUrl: database.appUrl,
    dataFolder: folder.path,
    evidence: config.evidence,
    keepImports: config.keepImports,
    tokenKey: config.tokenKey,
    lineageMemory: config.lineageMemory,
    preparedStatements: config.preparedStatements,
    signIn: config.signIn,
  });
  undoing.add(() => services.close());
  const signIn = await firstAdministrator(config, folder, services);
  await exampleData(config.exampleData && !options.empty, services, progress);
  signal.throwIfAborted();
  return { database, services, signIn };
}

type Services = Awaited<ReturnType<typeof prepareInstallation>>['services'];

async function startApiServer(
  config: Config,
  options: StartOptions,
  databaseUrl: string,
  services: Services,
  apiUrl: string,
): Promise<{ stop(): Promise<void>; died: Promise<string>[] }> {
  if (!options.dev) {
    const { startApi } = await import('../server.ts');
    const { host, apiPort: port, evidence, door } = config;
    const api = await startApi({ services, host, port, largestEvidence: evidence.largest, door });
    return { stop: () => api.close(), died: [] };
  }
  const child = keepRunning('The API', [programOf('tsx'), 'watch', 'api/src/main.ts'], {
    cwd: REPOSITORY,
    env: childEnvironment({
      DATABASE_URL: databaseUrl,
      HEADWATER_DATA: services.dataFolder,
      PORT: String(config.port),
      API_PORT: String(config.apiPort),
      ...secretsOfTheApi(),
    }),
    onLine: (line) => print(`api: ${line}`),
  });
  await answers(`${apiUrl}/readyz`, child.died);
  return { stop: () => child.stop(), died: [child.died] };
}

function startWeb(config: Config, options: StartOptions, secret: string, apiUrl: string) {
  // `next dev` keeps a lock of its own, which a killed one leaves behind; `next start` has none.
  if (options.dev) rmSync(join(WEB, '.next', 'dev', 'lock'), { force: true });
  const command = options.dev ? 'dev' : 'start';
  return keepRunning('The web', [programOf('next'), command, '-p', String(config.port), '-H', config.host], {
    cwd: WEB,
    env: childEnvironment({
      NODE_ENV: options.dev ? 'development' : 'production',
      PORT: String(config.port),
      HEADWATER_API_URL: apiUrl,
      NEXTAUTH_URL: config.publicUrl,
      NEXTAUTH_SECRET: secret,
    }),
    onLine: (line) => {
      if (options.dev || /error|⨯|warn/i.test(line)) process.stderr.write(`web: ${line}\n`);
    },
  });
}

/** Resolves when the address answers with anything but a failure of the server; rejects when the child dies first. */
async function answers(url: string, died: Promise<string>, signal?: AbortSignal): Promise<void> {
  const deadline = Date.now() + READY_MS;
  let death: string | null = null;
  void died.then((how) => {
    death = how;
  });
  for (let status: number | string = 'no answer'; ; await sleep(100)) {
    signal?.throwIfAborted();
    if (death !== null) throw new StartRefusal(`${death}.`);
    try {
      const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(30_000) });
      await response.body?.cancel();
      if (response.status < 500) return;
      status = response.status;
    } catch {
      // Not listening yet.
    }
    if (Date.now() > deadline) throw new StartRefusal(`${url} does not come up (${status}).`);
  }
}

function sayWhere(config: Config, apiUrl: string, data: string, database: string, signIn: SignIn): void {
  print(`
  Headwater is running.

    Web            ${config.publicUrl}
    GraphQL        ${apiUrl}/graphql

    Administrator  ${signIn.email}
    Password       ${passwordInWords(signIn)}

    Data folder    ${data}
    Database       ${database}

  Press Ctrl-C to stop. All data stays.
`);
  signIn.shown();
}
