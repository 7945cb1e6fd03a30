import { Command, InvalidArgumentError } from 'commander';
import { StartRefusal } from '../platform/data-folder-refusal.ts';
import { InputRefusal, Refusal } from '../platform/refusal.ts';
import { forTerminal } from './for-terminal.ts';

const program = new Command('headwater').description('From a model’s behaviour back to its data.');
let exitCode = 0;

program
  .command('start')
  .description('start the database, the API and the web')
  .option('--dev', 'reload the API and the web when their sources change', false)
  .option('--empty', 'start without the example data (decided at the first start)', false)
  .action(async (options: { dev: boolean; empty: boolean }) => {
    const { start } = await import('./start.ts');
    exitCode = await start(options);
  });

program
  .command('import')
  .description('import files of any supported format, or whole folders of them, into the running instance')
  .argument('<file...>', 'files, or folders, to import')
  .action(async (files: string[]) => {
    const { importFiles } = await import('./import-files.ts');
    exitCode = await importFiles(files);
  });

program
  .command('token')
  .description('tokens for tools')
  .command('create')
  .description('make a token and print it alone on standard output')
  .requiredOption('--name <name>', 'what the token is for')
  .requiredOption(
    '--scope <scopes>',
    'comma-separated: read,write:incidents,write:lineage,write:evals,audit,admin',
  )
  .option('--days <number>', 'how many days it is good for (without: until it is revoked)', positiveNumber)
  .action(async (options: { name: string; scope: string; days?: number }) => {
    const { createToken } = await import('./create-token.ts');
    await createToken(options);
  });

program
  .command('evidence')
  .description('evidence as it is kept')
  .command('rotate-key')
  .description('replace the master key that evidence is sealed under; nothing is sealed anew')
  .action(async () => {
    const { rotateEvidenceKey } = await import('./rotate-evidence-key.ts');
    exitCode = await rotateEvidenceKey();
  });

program
  .command('migrate')
  .description('bring the database up to date without starting anything else')
  .action(async () => {
    const { migrate } = await import('./migrate.ts');
    await migrate();
  });

program
  .command('prepare')
  .description(
    'bring the database up to date, with its first administrator, for an API that is started by itself',
  )
  .option('--empty', 'without the example data (decided at the first time)', false)
  .action(async (options: { empty: boolean }) => {
    const { prepare } = await import('./prepare.ts');
    await prepare(options);
  });

program
  .command('generate')
  .description('make the database client, where it is missing or older than the schema')
  .action(async () => {
    const [{ ensureGeneratedClient }, { progressTo }] = await Promise.all([
      import('./generated-client.ts'),
      import('./progress.ts'),
    ]);
    await ensureGeneratedClient(progressTo((line) => process.stdout.write(`${line}\n`)));
  });

program
  .command('print-schema')
  .description('write the GraphQL schema of the code to api/schema.graphql')
  .option('--check', 'write nothing, and fail where the file differs')
  .option('--stdout', 'print it instead')
  .action(async (options: { check?: boolean; stdout?: boolean }) => {
    const { printSchemaFile } = await import('./print-schema.ts');
    await printSchemaFile(options);
  });

function positiveNumber(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value < 36_500)) throw new InvalidArgumentError('It has to be a positive number.');
  return value;
}

/** What is expected to go wrong is told in a sentence; anything else is a defect and shows where it happened. */
function inWords(error: unknown): string {
  if (error instanceof InputRefusal && error.expected) return `${error.message} Expected: ${error.expected}.`;
  const isExpected = error instanceof StartRefusal || error instanceof Refusal;
  const silence = isExpected ? null : silenceIn(error);
  if (silence !== null) return silence.message;
  if (error instanceof Error && (isExpected || error.name === 'MigrationError')) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** That the database fell silent, where that is what an error came of. */
function silenceIn(error: unknown): Error | null {
  if (!(error instanceof Error)) return null;
  return error.name === 'SilentDatabase' ? error : silenceIn(error.cause);
}

// Whoever reads what is printed may have read enough, as `head` does: that is to stop, and no defect.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.kill(process.pid, 'SIGTERM');
});

try {
  await program.parseAsync();
} catch (error) {
  // What went wrong may quote a file or a server, line by line.
  const lines = inWords(error).split('\n').map(forTerminal);
  process.stderr.write(`${lines.join('\n')}\n`);
  exitCode = 1;
}
process.exit(exitCode);
