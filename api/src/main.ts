import { readConfig } from './config.ts';
import { log } from './platform/log.ts';
import { startApi } from './server.ts';
import { openServices } from './services.ts';

// The API server alone, on a database that is migrated already: for containers and for `npm run dev`.
const config = readConfig(process.env);
if (config.databaseUrl === null) {
  process.stderr.write('Set DATABASE_URL, or run `npm start`, which brings a database of its own.\n');
  process.exit(1);
}
const { databaseUrl, dataFolder, evidence, keepImports, tokenKey, signIn } = config;
const { host, apiPort: port, door, lineageMemory, preparedStatements } = config;
const kept = { dataFolder, evidence, keepImports };
const services = await openServices({
  databaseUrl,
  ...kept,
  tokenKey,
  lineageMemory,
  preparedStatements,
  signIn,
});
const api = await startApi({ services, host, port, largestEvidence: evidence.largest, door });
log.info({ url: api.url }, 'listening');
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void api
      .close()
      .then(() => services.close())
      .then(() => process.exit(0));
  });
}
