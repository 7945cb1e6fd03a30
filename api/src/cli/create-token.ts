import { readConfig } from '../config.ts';
import type { Services } from '../context.ts';
import { StartRefusal } from '../platform/data-folder-refusal.ts';
import { withServices } from './installation.ts';

/** Makes a token in the first administrator's name: whoever may read the data folder is trusted with that already. */
export async function localToken(
  services: Services,
  input: { name: string; scopes: readonly string[]; expiresAt?: Date },
): Promise<string> {
  const { localAdministrator } = await import('../access/authenticate.ts');
  const { createApiToken } = await import('../access/api-tokens.ts');
  const by = await localAdministrator(services);
  const teamId = by?.teamIds[0];
  if (!by || teamId === undefined) {
    throw new StartRefusal('There is no administrator yet; start Headwater once, then make tokens.');
  }
  const made = await services.db.$transaction((tx) =>
    createApiToken({ tx, by, teamId, context: services }, input),
  );
  return made.token;
}

/** `headwater token create`: the token alone on standard output, for scripts. */
export async function createToken(options: { name: string; scope: string; days?: number }): Promise<void> {
  const scopes = options.scope
    .split(',')
    .map((scope) => scope.trim())
    .filter(Boolean);
  const expiresAt = options.days === undefined ? undefined : new Date(Date.now() + options.days * 86_400_000);
  const input = { name: options.name, scopes, ...(expiresAt && { expiresAt }) };
  const token = await withServices(readConfig(process.env), (services) => localToken(services, input));
  process.stdout.write(`${token}\n`);
}
