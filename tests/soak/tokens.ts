// `npm run soak:tokens -- --count 1000000`: forged, expired, truncated and wrong-scope tokens, none to be accepted.
import { parseArgs } from 'node:util';
import { openDatabase } from '../../api/src/platform/database.ts';
import { APP_ROLE, OWNER_ROLE } from '../../api/src/platform/embedded-postgres-roles.ts';
import { startApi } from '../../api/src/server.ts';
import { openServices } from '../../api/src/services.ts';
import { launch } from '../testkit/global-setup.ts';
import { soakTokens } from '../testkit/soak-tokens.ts';
import { TOKEN_KEY } from '../testkit/token-key.ts';

const { values } = parseArgs({
  options: { count: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } },
});
const count = Number(values.count);
if (!Number.isInteger(count) || count < 1) throw new Error('--count has to be a whole number, at least 1.');

const { server, stop } = await launch();
try {
  const url = (role: string, password: string) =>
    `postgresql://${role}:${password}@127.0.0.1:${server.port}/${server.template}`;
  const records = openDatabase(url(OWNER_ROLE, server.owner), { poolSize: 2 });
  const services = await openServices({
    databaseUrl: url(APP_ROLE, server.app),
    dataFolder: '',
    tokenKey: TOKEN_KEY,
    poolSize: 8,
  });
  const api = await startApi({ services, host: '127.0.0.1', port: 0 });
  const begun = Date.now();
  const onProgress = (checked: number) => console.info(`${checked.toLocaleString('en')} checked`);
  const soaked = await soakTokens({
    services,
    records,
    url: api.url,
    count,
    seed: Number(values.seed),
    onProgress,
  });
  const seconds = Math.round((Date.now() - begun) / 1000);
  const said = [soaked.checked, soaked.overHttp, soaked.accepted.length].map((number) =>
    number.toLocaleString('en'),
  );
  console.info(
    `${said[0]} tokens of ${soaked.kinds} kinds in ${seconds} s, ${said[1]} of them over HTTP as well: ${said[2]} accepted.`,
  );
  for (const kind of new Set(soaked.accepted)) console.error(`accepted: ${kind}`);
  if (soaked.accepted.length > 0) process.exitCode = 1;
  await api.close();
  await services.close();
  await records.close();
} finally {
  await stop();
}
