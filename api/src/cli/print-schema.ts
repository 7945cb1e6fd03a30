import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { StartRefusal } from '../platform/data-folder-refusal.ts';
import { REPOSITORY } from './repository.ts';

const FILE = join(REPOSITORY, 'api/schema.graphql');

/** `headwater print-schema`: the contract, sorted, to its committed file, to standard output, or held against the file. */
export async function printSchemaFile(options: { check?: boolean; stdout?: boolean }): Promise<void> {
  const [{ lexicographicSortSchema, printSchema }, { buildSchema }] = await Promise.all([
    import('graphql'),
    import('../graphql/schema.ts'),
  ]);
  const text = `${printSchema(lexicographicSortSchema(buildSchema()))}\n`;
  if (options.stdout) {
    process.stdout.write(text);
    return;
  }
  const committed = existsSync(FILE) ? readFileSync(FILE, 'utf8') : '';
  const name = relative(REPOSITORY, FILE);
  if (!options.check) {
    if (committed !== text) writeFileSync(FILE, text);
    process.stdout.write(`${name} ${committed === text ? 'was up to date' : 'written'}.\n`);
    return;
  }
  if (committed === text) return;
  const old = committed.split('\n');
  const line = text.split('\n').findIndex((now, i) => now !== old[i]);
  throw new StartRefusal(
    `${name} differs from the schema in the code, first at line ${line + 1}; run npm run schema and review the change.`,
  );
}
