import { z } from 'zod';
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from './access/password.ts';
import { doorSettings, doorVariables } from './door-settings.ts';
import type { DoorOptions } from './doorkeeper.ts';
import { defaultDataFolder } from './platform/data-folder.ts';
import { StartRefusal } from './platform/data-folder-refusal.ts';

/** What the environment asks for, checked. */
export interface Config {
  /** The web's port. */
  port: number;
  apiPort: number;
  /** The address both listen on: this machine alone, unless HEADWATER_HOST says otherwise. */
  host: string;
  /** Where people reach the web, without a slash at the end. */
  publicUrl: string;
  dataFolder: string;
  /** An existing Postgres instead of the embedded one. */
  databaseUrl: string | null;
  exampleData: boolean;
  administrator: { email?: string; password?: string };
  /** Who is let in, and how much they may ask for. */
  door: Required<DoorOptions>;
}

const PORTS = 'a port from 1 to 65535';
const port = (standard: number) =>
  z.coerce.number(PORTS).int(PORTS).min(1, PORTS).max(65_535, PORTS).default(standard);

const POSTGRES_URL = 'a Postgres address such as postgresql://user:password@host:5432/headwater';
const postgresUrl = z.string().refine((value) => /^postgres(ql)?:$/.test(protocolOf(value)), POSTGRES_URL);

function protocolOf(value: string): string {
  try {
    return new URL(value).protocol;
  } catch {
    return '';
  }
}

const schema = z.object({
  PORT: port(3000),
  API_PORT: port(4000),
  HEADWATER_HOST: z.string().default('127.0.0.1'),
  HEADWATER_URL: z
    .url({ protocol: /^https?$/, error: 'an address such as https://headwater.example.org' })
    .optional(),
  HEADWATER_DATA: z.string().optional(),
  DATABASE_URL: postgresUrl.optional(),
  HEADWATER_EXAMPLE_DATA: z.enum(['0', '1'], '0 (start empty) or 1').default('1'),
  HEADWATER_ADMIN_EMAIL: z.email('an e-mail address').optional(),
  HEADWATER_ADMIN_PASSWORD: z
    .string()
    .min(SHORTEST_PASSWORD, `at least ${SHORTEST_PASSWORD} characters long`)
    .max(LONGEST_PASSWORD, `at most ${LONGEST_PASSWORD} characters long`)
    .optional(),
  ...doorVariables,
});

/**
 * Reads the variables that Headwater knows; an empty one counts as not set.
 * @throws StartRefusal naming the variable and what it has to be; never its value, which may be a secret.
 */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const set = Object.fromEntries(Object.keys(schema.shape).map((name) => [name, env[name] || undefined]));
  const parsed = schema.safeParse(set);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new StartRefusal(`${String(issue?.path[0])} has to be ${issue?.message}.`);
  }
  const value = parsed.data;
  if (value.PORT === value.API_PORT) {
    throw new StartRefusal(`PORT and API_PORT are both ${value.PORT}; the web and the API need a port each.`);
  }
  return {
    port: value.PORT,
    apiPort: value.API_PORT,
    host: value.HEADWATER_HOST,
    publicUrl: (value.HEADWATER_URL ?? `http://localhost:${value.PORT}`).replace(/\/+$/, ''),
    dataFolder: value.HEADWATER_DATA ?? defaultDataFolder(env),
    databaseUrl: value.DATABASE_URL ?? null,
    exampleData: value.HEADWATER_EXAMPLE_DATA === '1',
    administrator: {
      ...(value.HEADWATER_ADMIN_EMAIL && { email: value.HEADWATER_ADMIN_EMAIL }),
      ...(value.HEADWATER_ADMIN_PASSWORD && { password: value.HEADWATER_ADMIN_PASSWORD }),
    },
    door: doorSettings(value),
  };
}
