import type { Maker } from '../access/api-tokens.ts';
import { type Config, readConfig } from '../config.ts';
import type { Services } from '../context.ts';
import { StartRefusal } from '../platform/data-folder-refusal.ts';
import { withServices } from './installation.ts';

interface TokenInput {
  name: string;
  scopes: readonly string[];
  expiresAt?: Date;
}

/** In the first administrator's name: whoever may read the data folder is trusted with that already. */
async function asAdministrator<T>(services: Services, work: (maker: Maker) => Promise<T>): Promise<T> {
  const { localAdministrator } = await import('../access/authenticate.ts');
  const by = await localAdministrator(services);
  const teamId = by?.teamIds[0];
  if (!by || teamId === undefined) {
    throw new StartRefusal('There is no administrator yet; start Headwater once, then make tokens.');
  }
  return services.db.$transaction((tx) => work({ tx, by, teamId, context: services }));
}

async function localToken(services: Services, input: TokenInput) {
  const { createApiToken } = await import('../access/api-tokens.ts');
  return asAdministrator(services, (maker) => createApiToken(maker, input));
}

/**
 * Works with a token of its own, which ends with the work. Where that fails or is broken off, the token ends when it says:
 * what the server is still taking in on its behalf would end with it.
 */
export async function withLocalToken<T>(
  config: Config,
  input: TokenInput & { expiresAt: Date },
  work: (token: string) => Promise<T>,
): Promise<T> {
  const { token, apiToken } = await withServices(config, (services) => localToken(services, input));
  const done = await work(token);
  const { revokeApiToken } = await import('../access/api-tokens.ts');
  await withServices(config, (services) =>
    asAdministrator(services, (maker) => revokeApiToken(maker, apiToken)),
  ).catch((error: Error) => {
    const until = input.expiresAt.toISOString();
    process.stderr.write(
      `The token “${input.name}” could not be revoked and ends at ${until}: ${error.message}\n`,
    );
  });
  return done;
}

/** `headwater token create`: the token alone on standard output, for scripts. */
export async function createToken(options: { name: string; scope: string; days?: number }): Promise<void> {
  const scopes = options.scope
    .split(',')
    .map((scope) => scope.trim())
    .filter(Boolean);
  const expiresAt = options.days === undefined ? undefined : new Date(Date.now() + options.days * 86_400_000);
  const input = { name: options.name, scopes, ...(expiresAt && { expiresAt }) };
  const { token } = await withServices(readConfig(process.env), (services) => localToken(services, input));
  process.stdout.write(`${token}\n`);
}
