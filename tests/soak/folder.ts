// `npm run soak:folder -- --files 1000 --kills 5`: a folder of logs, whose import is killed and started again so often.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { insertActor } from '../../api/src/access/access.store.ts';
import { createApiToken } from '../../api/src/access/api-tokens.ts';
import { type Principal, ROLE_SCOPES } from '../../api/src/access/viewer.ts';
import { openDatabase } from '../../api/src/platform/database.ts';
import { APP_ROLE, OWNER_ROLE } from '../../api/src/platform/embedded-postgres-roles.ts';
import { startApi } from '../../api/src/server.ts';
import { openServices } from '../../api/src/services.ts';
import { launch } from '../testkit/global-setup.ts';
import { runImport, totalsOf, writeFolder } from '../testkit/killed-import.ts';

const { values } = parseArgs({
  options: { files: { type: 'string', default: '1000' }, kills: { type: 'string', default: '5' } },
});
const [files, kills] = [Number(values.files), Number(values.kills)];
if (!(Number.isInteger(files) && files > kills && Number.isInteger(kills) && kills >= 1))
  throw new Error('--files and --kills have to be whole numbers, with more files than kills.');

const { server, stop } = await launch();
const dataFolder = await mkdtemp(join(tmpdir(), 'headwater-soak-folder-'));
try {
  const url = (role: string, password: string) =>
    `postgresql://${role}:${password}@127.0.0.1:${server.port}/${server.template}`;
  const records = openDatabase(url(OWNER_ROLE, server.owner), { poolSize: 2 });
  const services = await openServices({ databaseUrl: url(APP_ROLE, server.app), dataFolder, poolSize: 8 });
  const api = await startApi({ services, host: '127.0.0.1', port: 0 });
  const { actorId, teamId } = await insertActor(services.db, {
    kind: 'PERSON',
    name: 'Person 1',
    email: null,
    role: 'REPORTER',
  });
  const by: Principal = {
    kind: 'principal',
    actorId,
    actorKind: 'PERSON',
    name: 'Person 1',
    role: 'REPORTER',
    teamIds: [teamId],
    scopes: new Set(ROLE_SCOPES.REPORTER),
    sessionId: null,
    tokenId: null,
  };
  const { token } = await services.db.$transaction((tx) =>
    createApiToken({ tx, by, teamId, context: services }, { name: 'soak', scopes: ['read', 'write:evals'] }),
  );
  const earlier = await records.evalRun.count();
  const folder = await writeFolder(join(dataFolder, 'logs'), files);
  const to = { url: api.url, token };
  const begun = performance.now();
  const after = () => `after ${Math.round((performance.now() - begun) / 1_000)} s`;
  for (let nth = 1; nth <= kills; nth += 1) {
    const at = Math.floor((files * nth) / (kills + 1)) + 1;
    const { signal } = await runImport(folder.path, to, at);
    const there = (await records.evalRun.count()) - earlier;
    console.info(`${signal ?? 'no kill'} at file ${at}, ${after()}: ${there} runs are there`);
    if (signal !== 'SIGKILL') throw new Error('The command ended before it was killed.');
  }
  const last = await runImport(folder.path, to, null);
  const totals = totalsOf(last.said);
  const there = (await records.evalRun.count()) - earlier;
  console.info(
    `${JSON.stringify(totals)} ${after()}; ${there} runs of ${folder.good} logs, ${folder.bad} files that are none`,
  );
  const whole =
    totals !== null &&
    totals.refused === folder.bad &&
    totals.imported + totals.before === folder.good &&
    there === folder.good;
  await api.close();
  await services.close();
  await records.close();
  if (!whole) throw new Error('Something is missing, or is there twice.');
} finally {
  await rm(dataFolder, { recursive: true, force: true });
  await stop();
}
