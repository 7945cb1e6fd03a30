import { z } from 'zod';
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from './access/password.ts';
import type { SignInSettings } from './access/sign-in-settings.ts';
import { doorSettings, doorVariables } from './door-settings.ts';
import type { DoorOptions } from './doorkeeper.ts';
import { defaultDataFolder } from './platform/data-folder.ts';
import { StartRefusal } from './platform/data-folder-refusal.ts';
import type { S3Place } from './platform/object-store-s3.ts';

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
  evidence: EvidenceConfig;
  /** Whether the files of imports are kept. */
  keepImports: boolean;
  /** The half of the key of tokens that is not in the database; null for that of the data folder. */
  tokenKey: Buffer | null;
  /** How much memory each API server may keep the lineage in, in bytes; 0 leaves it in the database. */
  lineageMemory: number;
  /** How many statements each connection keeps planned; 0 for none. */
  preparedStatements: number;
  /** The providers, beside the password, that people may sign in with. */
  signIn: SignInSettings;
  /** Who is let in, and how much they may ask for. */
  door: Required<DoorOptions>;
}

export interface EvidenceConfig {
  /** Master keys, the newest first; null for those of the data folder. */
  keys: readonly Buffer[] | null;
  /** An S3-compatible store instead of the data folder. */
  s3: S3Place | null;
  /** The largest file of evidence, in bytes. */
  largest: number;
}

const PORTS = 'a port from 1 to 65535';
const port = (standard: number) =>
  z.coerce.number(PORTS).int(PORTS).min(1, PORTS).max(65_535, PORTS).default(standard);

const POSTGRES_URL = 'a Postgres address such as postgresql://user:password@host:5432/headwater';
const postgresUrl = z.string().refine((value) => /^postgres(ql)?:$/.test(protocolOf(value)), POSTGRES_URL);

const EVIDENCE_KEYS = '32 bytes in base64 or hexadecimal; several are separated by commas, the newest first';
const evidenceKeys = z
  .string()
  .transform((value) => value.split(',').map((key) => keyBytes(key.trim())))
  .refine((keys) => keys.every((key) => key.length === 32), EVIDENCE_KEYS);

const keyBytes = (text: string) =>
  /^[0-9a-f]{64}$/i.test(text)
    ? Buffer.from(text, 'hex')
    : Buffer.from(/^[A-Za-z0-9+/_-]{43}=?$/.test(text) ? text : '', 'base64');

const LARGEST_EVIDENCE = 1024 ** 3;
const LINEAGE_MEBIBYTES = 1_024;
const MEBIBYTES = 'a number of mebibytes from 0 to 65536';
const PREPARED_STATEMENTS = 200;
const STATEMENTS = 'a number of statements from 0 to 2000';
const MOST_BYTES = 'a number of bytes from 1 to 68719476736';

function protocolOf(value: string): string {
  try {
    return new URL(value).protocol;
  } catch {
    return '';
  }
}

const ISSUER = 'an https address such as https://login.example.org (http only on this machine)';

/** Keys and tokens are fetched from there: in clear only where nobody is between. */
function isIssuer(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, hostname, search, hash } = new URL(value);
  if (search !== '' || hash !== '') return false;
  return (
    protocol === 'https:' || (protocol === 'http:' && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname))
  );
}

const list = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean);

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
  HEADWATER_EVIDENCE_KEY: evidenceKeys.optional(),
  HEADWATER_KEEP_IMPORTS: z.enum(['0', '1'], '0 (keep no file that is imported) or 1').default('1'),
  HEADWATER_TOKEN_KEY: z
    .string()
    .transform(keyBytes)
    .refine((key) => key.length === 32, '32 bytes in base64 or hexadecimal')
    .optional(),
  HEADWATER_EVIDENCE_MAX_BYTES: z.coerce
    .number(MOST_BYTES)
    .int(MOST_BYTES)
    .min(1, MOST_BYTES)
    .max(64 * 1024 ** 3, MOST_BYTES)
    .default(LARGEST_EVIDENCE),
  HEADWATER_LINEAGE_MEMORY: z.coerce
    .number(MEBIBYTES)
    .int(MEBIBYTES)
    .min(0, MEBIBYTES)
    .max(65_536, MEBIBYTES)
    .default(LINEAGE_MEBIBYTES),
  HEADWATER_PREPARED_STATEMENTS: z.coerce
    .number(STATEMENTS)
    .int(STATEMENTS)
    .min(0, STATEMENTS)
    .max(2_000, STATEMENTS)
    .default(PREPARED_STATEMENTS),
  HEADWATER_EVIDENCE_S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/[A-Za-z0-9!_.*'()/-]+)?$/, 'a bucket, or a bucket/prefix')
    .optional(),
  HEADWATER_EVIDENCE_S3_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'an address such as https://s3.example.org' })
    .optional(),
  HEADWATER_EVIDENCE_S3_REGION: z.string().default('us-east-1'),
  HEADWATER_OIDC_ISSUER: z.string().refine(isIssuer, ISSUER).optional(),
  HEADWATER_OIDC_CLIENT_ID: z.string().optional(),
  HEADWATER_OIDC_NAME: z.string().max(60, 'at most 60 characters long').default('single sign-on'),
  HEADWATER_OIDC_DOMAINS: z
    .string()
    .transform(list)
    .refine(
      (all) => all.every((one) => /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(one)),
      'domains such as example.org',
    )
    .optional(),
  HEADWATER_GITHUB_CLIENT_ID: z.string().optional(),
  HEADWATER_GITHUB_CLIENT_SECRET: z.string().optional(),
  HEADWATER_GITHUB_URL: z.string().refine(isIssuer, ISSUER).default('https://github.com'),
  ...doorVariables,
});

function signInSettings(value: z.output<typeof schema>): SignInSettings {
  const pair = (one: keyof typeof value, other: keyof typeof value) => {
    if ((value[one] === undefined) !== (value[other] === undefined))
      throw new StartRefusal(`${one} and ${other} belong together: set both or neither.`);
  };
  pair('HEADWATER_OIDC_ISSUER', 'HEADWATER_OIDC_CLIENT_ID');
  pair('HEADWATER_GITHUB_CLIENT_ID', 'HEADWATER_GITHUB_CLIENT_SECRET');
  const { HEADWATER_OIDC_ISSUER: issuer, HEADWATER_OIDC_CLIENT_ID: clientId } = value;
  const { HEADWATER_GITHUB_CLIENT_ID: githubId, HEADWATER_GITHUB_CLIENT_SECRET: clientSecret } = value;
  return {
    oidc:
      issuer && clientId
        ? { issuer, clientId, name: value.HEADWATER_OIDC_NAME, domains: value.HEADWATER_OIDC_DOMAINS ?? [] }
        : null,
    github:
      githubId && clientSecret
        ? { clientId: githubId, clientSecret, url: value.HEADWATER_GITHUB_URL.replace(/\/+$/, '') }
        : null,
  };
}

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
    evidence: {
      keys: value.HEADWATER_EVIDENCE_KEY ?? null,
      largest: value.HEADWATER_EVIDENCE_MAX_BYTES,
      s3: value.HEADWATER_EVIDENCE_S3_BUCKET
        ? {
            bucket: value.HEADWATER_EVIDENCE_S3_BUCKET,
            endpoint: value.HEADWATER_EVIDENCE_S3_ENDPOINT ?? null,
            region: value.HEADWATER_EVIDENCE_S3_REGION,
          }
        : null,
    },
    keepImports: value.HEADWATER_KEEP_IMPORTS === '1',
    tokenKey: value.HEADWATER_TOKEN_KEY ?? null,
    lineageMemory: value.HEADWATER_LINEAGE_MEMORY * 1024 ** 2,
    preparedStatements: value.HEADWATER_PREPARED_STATEMENTS,
    signIn: signInSettings(value),
    door: doorSettings(value),
  };
}
