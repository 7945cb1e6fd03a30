// An API in a process of its own, so that what measures it doesn't share its time.
import { startApi } from '../../api/src/server.ts';
import { openServices } from '../../api/src/services.ts';
import { TOKEN_KEY } from './token-key.ts';

const services = await openServices({
  databaseUrl: process.env.DATABASE_URL!,
  dataFolder: process.env.HEADWATER_DATA!,
  tokenKey: TOKEN_KEY,
  poolSize: 8,
  // As `npm start` has it.
  lineageMemory: 1024 ** 3,
  preparedStatements: 200,
});
const api = await startApi({
  services,
  host: '127.0.0.1',
  port: 0,
  // What is measured is the refusals, not the budget that would end them.
  door: { anonymousBudget: 1_000_000_000 },
});
process.send!({ url: api.url });
process.on('message', () =>
  process.send!({ cpu: process.cpuUsage(), peakBytes: process.resourceUsage().maxRSS * 1024 }),
);
process.once('disconnect', () => process.exit(0));
