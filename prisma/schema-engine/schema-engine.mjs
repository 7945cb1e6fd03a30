#!/usr/bin/env node
// Stands in for Prisma's native schema engine, which the Prisma command line otherwise downloads from
// a host that closed networks cannot reach. It answers the same JSON-RPC on stdio with the WASM build.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import { canConnect, createDatabase, MigrationAdapterFactory } from './migration-adapter.mjs';
import { loadSchemaEngine } from './wasm.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    datamodels: { type: 'string', multiple: true },
    datasource: { type: 'string' },
    'enabled-preview-features': { type: 'string' },
    'extension-types': { type: 'string' },
  },
});
const url = values.datasource ? JSON.parse(values.datasource).url : undefined;

function logLine(level, fields) {
  const entry = { timestamp: new Date().toISOString(), level, fields, target: 'schema_engine::logger' };
  process.stderr.write(`${JSON.stringify(entry)}\n`);
}

/** `schema-engine cli can-connect-to-database|create-database`: exits 0, or 1 with a logged reason. */
async function runCommand(command) {
  try {
    if (command === 'can-connect-to-database') await canConnect(url);
    else if (command === 'create-database') await createDatabase(url);
    else throw new Error(`The schema engine has no command "${command}".`);
  } catch (error) {
    // The command line reads the log from its second line on.
    logLine('INFO', { message: `Running ${command}` });
    logLine('ERROR', {
      message: error.message,
      error_code: error.code === '3D000' ? 'P1003' : error.code === '28P01' ? 'P1000' : 'P1001',
      is_panic: false,
    });
    process.exit(1);
  }
}

let nextPrintId = 1;
const writeLine = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);

const connections = new MigrationAdapterFactory(url);
const factory = bindMigrationAwareSqlAdapterFactory(connections);
let engine;
async function openEngine() {
  const { SchemaEngine } = await loadSchemaEngine();
  const datamodels = values.datamodels?.map((file) => [file, readFileSync(file, 'utf8')]);
  const onLog = () => {};
  return SchemaEngine.new({ datamodels }, onLog, factory);
}

const methods = {
  getDatabaseVersion: 'version',
  async createDatabase() {
    return { databaseName: await createDatabase(url) };
  },
};

async function answer(request) {
  const custom = methods[request.method];
  if (typeof custom === 'function') return custom(request.params);
  engine ??= openEngine();
  const method = custom ?? request.method;
  const result = await (await engine)[method](request.params ?? {});
  // The native engine prints a difference by asking its caller to; the WASM build hands it back.
  if (method === 'diff' && typeof result?.stdout === 'string') {
    const content = result.stdout.replace(/\n$/, '');
    writeLine({ jsonrpc: '2.0', id: `print-${nextPrintId++}`, method: 'print', params: { content } });
    result.stdout = null;
  }
  return result ?? {};
}

/** The engine names an error thrown on this side of the border by its number only. */
function originalError(error) {
  const id = /^External error id#(\d+)\b/.exec(error?.message ?? '')?.[1];
  return (id === undefined ? undefined : factory.errorRegistry.consumeError(Number(id))?.error) ?? error;
}

function errorOf(thrown) {
  const error = originalError(thrown);
  const message = error?.message ?? String(error);
  const isPanic = error?.name === 'RuntimeError';
  const data = {
    is_panic: isPanic,
    message: isPanic ? globalThis.PRISMA_WASM_PANIC_REGISTRY.message || message : message,
    ...(error?.code ? { error_code: error.code } : {}),
    meta: error?.meta ?? null,
  };
  return { code: 4466, message: 'An error happened. Check the data field for details.', data };
}

let pending;
// A panic of the engine surfaces outside of the promise that is awaited, which then never settles.
process.on('uncaughtException', (error) => {
  logLine('ERROR', {
    message: globalThis.PRISMA_WASM_PANIC_REGISTRY?.message || String(error),
    is_panic: true,
  });
  if (pending !== undefined) writeLine({ jsonrpc: '2.0', id: pending, error: errorOf(error) });
  process.exitCode = 101;
  process.stdout.write('', () => process.exit());
});

if (positionals[0] === 'cli') {
  await runCommand(positionals[1]);
} else {
  // One request at a time: the engine holds one connection and one transaction.
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === '') continue;
    const request = JSON.parse(line);
    if (request.method === undefined) continue;
    pending = request.id;
    const response = await answer(request).then(
      (result) => ({ result }),
      (error) => ({ error: errorOf(error) }),
    );
    // Before the answer, because whoever gets it may end this process at once.
    await connections.dropShadows();
    writeLine({ jsonrpc: '2.0', id: request.id, ...response });
  }
}
process.exit(0);
