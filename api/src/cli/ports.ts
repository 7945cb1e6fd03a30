import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../config.ts';
import { StartRefusal } from '../platform/data-folder-refusal.ts';
import { isPortFree } from '../platform/embedded-postgres.ts';

/** Browsers take `localhost` for ::1 first, so a port is free only where nobody listens on either address. */
async function isFree(port: number, host: string): Promise<boolean> {
  for (const address of new Set([host, '127.0.0.1'])) if (!(await isPortFree(port, address))) return false;
  return isPortFree(port, '::1', ['EADDRNOTAVAIL', 'EAFNOSUPPORT']);
}

/**
 * @param patience how many milliseconds to wait for a port: what was left by a killed Headwater needs a moment to go.
 * @throws StartRefusal naming the port and the variable that chooses another.
 */
export async function refuseTakenPorts(config: Config, patience: number): Promise<void> {
  const deadline = Date.now() + patience;
  for (const [variable, port] of [
    ['PORT', config.port],
    ['API_PORT', config.apiPort],
  ] as const) {
    while (!(await isFree(port, config.host))) {
      if (Date.now() >= deadline) {
        throw new StartRefusal(
          `Port ${port} is taken by another program; stop it, or choose another port by ${variable}.`,
        );
      }
      await sleep(100);
    }
  }
}
