import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Principal } from '../../../api/src/access/viewer.ts';
import { importFile } from '../../../api/src/interchange/import-file.ts';
import { requestContext } from '../../../api/src/request-context.ts';
import { asJson, logOf } from '../interchange/inspect-fixture.ts';
import { type SharedWorld, sharedWorld } from './shared-world.ts';

const REASON = 'To judge whether the grader was right.';

describe('who shared a thing with whom, and who opened what is restricted and why', () => {
  let world: SharedWorld;
  beforeAll(async () => {
    world = await sharedWorld();
  });
  afterAll(() => world.api.close());

  /** What of it somebody is told on a node. */
  const told = async (viewer: Principal | null, { id }: { id: string }) =>
    (await world.told(viewer, id, '')).filter((summary) => /^(Shared|Opened (restricted|the))/.test(summary));
  const share = (by: Principal, { id }: { id: string }, ...people: Principal[]) =>
    world.by(by)('shareWith', { target: id, people: people.map(world.idOf) }, 'shared { id }');
  const evidence = async (by: Principal, incident: { key: string }, more: object = {}) =>
    (
      await world.by(by)(
        'addEvidence',
        { incident: `incident:${incident.key}`, kind: 'QUOTATION', title: 'A recipe', text: 'x', ...more },
        'evidence { id }',
      )
    ).evidence as { id: string };
  const reveal = (by: Principal, { id }: { id: string }) =>
    world.by(by)('revealEvidence', { id, reason: REASON }, 'evidence { id }');
  const OPENED = `Opened restricted evidence, A recipe: ${REASON}`;

  it.each(['TEAM', 'RESTRICTED'])(
    'is told to nobody for being named on a %s incident, before or after',
    async (visibility) => {
      const { author, colleague, named, stranger, auditor, administrator } = world;
      const incident = await world.file({ visibility });
      const hazard = await evidence(author, incident, { sensitivity: 'HAZARDOUS' });
      await share(administrator, incident, named);
      await reveal(administrator, hazard);
      await share(administrator, incident, named, stranger);
      const all = ['Shared the incident: 1 person named.', OPENED, 'Shared the incident: 2 people named.'];
      for (const viewer of [named, stranger]) {
        expect(await world.sees(viewer, incident.id)).toMatchObject({ evidence: [{ title: 'A recipe' }] });
        expect(await told(viewer, incident), viewer.name).toEqual([]);
      }
      for (const viewer of [author, auditor, administrator])
        expect(await told(viewer, incident), viewer.name).toEqual(all);
      expect(await told(colleague, incident)).toEqual(visibility === 'TEAM' ? all : []);
      await world.build('shareWith', { target: incident.id, visibility: 'PUBLIC' }, 'shared { id }');
      for (const viewer of [null, named, stranger]) expect(await told(viewer, incident)).toEqual([]);
    },
  );

  it('is told of evidence that the owner of the incident does not see to whoever opened it, and who reads everything', async () => {
    const { author, named, auditor } = world;
    const incident = await world.file({ visibility: 'TEAM', sharedWith: [world.idOf(named)] });
    const theirs = await evidence(named, incident, { visibility: 'RESTRICTED' });
    await reveal(named, theirs);
    const opened = async (viewer: Principal) =>
      (await told(viewer, incident)).filter((summary) => summary === OPENED);
    expect(await opened(author)).toEqual([]);
    for (const viewer of [named, auditor]) expect(await opened(viewer), viewer.name).toEqual([OPENED]);
  });

  it('is told of a file on the eval runs of it to nobody who is named on these', async () => {
    const { author, named, auditor, administrator, api, build } = world;
    const wide = { visibility: 'PUBLIC' };
    await build('registerModelVersion', { model: 'model-1', version: 'unspecified', ...wide });
    const name = 'inspect_evals/agentic_misalignment';
    await build('registerEvaluation', { name, version: '0', ...wide }, 'evaluationVersion { id }');
    const path = join(api.services.dataFolder, 'log.json');
    await writeFile(path, asJson(logOf()));
    const context = requestContext(api.services, author);
    const { id } = await importFile(context, { path, name: 'log.json', visibility: 'RESTRICTED' });
    const [row] = await api.records.$queryRaw<[{ id: bigint }]>`
      select node_id as id from eval_run where import_id = ${id}`;
    const run = { id: api.services.ids.encode('EvalRun', row.id) };
    await share(author, run, named);
    const file = { import: api.services.ids.encode('Import', id), reason: REASON };
    await world.by(administrator)('revealImport', file, 'import { id }');
    expect(await told(named, run)).toEqual([]);
    for (const viewer of [author, auditor])
      expect(await told(viewer, run), viewer.name).toEqual([
        'Shared the evalrun: 1 person named.',
        `Opened the restricted file log.json: ${REASON}`,
      ]);
  });
});
