import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { APP_ROLE, OWNER_ROLE } from '../../api/src/platform/embedded-postgres-roles.ts';
import { launch } from './global-setup.ts';

export interface ServedApi {
  url: string;
  /** The database, as its owner sees it and as the API speaks to it. */
  databaseUrl: string;
  appUrl: string;
  /** Where it keeps evidence; gone when it has stopped. */
  dataFolder: string;
  /** Milliseconds of processor time that the API has taken since it began. */
  processorTime(): Promise<number>;
  /** The same, and the most memory that it has held. */
  usage(): Promise<{ cpuMs: number; peakBytes: number }>;
  stop(): Promise<void>;
}

/** Where `HEADWATER_PROFILE` names a folder, the API leaves a profile of its processor time there. */
export const PROFILED = process.env.HEADWATER_PROFILE
  ? ['--cpu-prof', '--cpu-prof-dir', process.env.HEADWATER_PROFILE]
  : [];

/** An API in a process of its own, on an embedded Postgres of its own: for scripts that measure or soak. */
export async function serveApi(): Promise<ServedApi> {
  const { server, stop } = await launch();
  const at = `127.0.0.1:${server.port}/${server.template}`;
  const databaseUrl = `postgresql://${OWNER_ROLE}:${server.owner}@${at}`;
  const appUrl = `postgresql://${APP_ROLE}:${server.app}@${at}`;
  const dataFolder = await mkdtemp(join(tmpdir(), 'headwater-served-'));
  const child = fork(fileURLToPath(new URL('serve-api.ts', import.meta.url)), {
    execArgv: ['--max-semi-space-size=64', '--import', 'tsx', ...PROFILED],
    env: { ...process.env, DATABASE_URL: appUrl, HEADWATER_DATA: dataFolder, NODE_ENV: 'production' },
  });
  try {
    const url = await urlOf(child);
    const usage = async () => {
      child.send('usage');
      const [{ cpu, peakBytes }] = (await once(child, 'message')) as [
        { cpu: NodeJS.CpuUsage; peakBytes: number },
      ];
      return { cpuMs: (cpu.user + cpu.system) / 1000, peakBytes };
    };
    return {
      url,
      databaseUrl,
      appUrl,
      dataFolder,
      usage,
      processorTime: async () => (await usage()).cpuMs,
      async stop() {
        if (child.exitCode === null && child.signalCode === null) {
          child.disconnect();
          await once(child, 'exit');
        }
        await stop();
        await rm(dataFolder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    child.kill('SIGKILL');
    await stop();
    throw error;
  }
}

async function urlOf(child: ChildProcess): Promise<string> {
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`The API has ended with ${code}.`);
  });
  const [{ url }] = (await Promise.race([once(child, 'message'), ended])) as [{ url: string }];
  ended.catch(() => undefined);
  return url;
}
