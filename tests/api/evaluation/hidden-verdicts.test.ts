import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inChange } from '../../../api/src/access/change.ts';
import type { Principal } from '../../../api/src/access/viewer.ts';
import { registerBehavior } from '../../../api/src/evaluation/register-behavior.ts';
import type { VisibilityWord } from '../../../api/src/lineage/node.ts';
import { registerModelVersion } from '../../../api/src/model/register-model-version.ts';
import { requestContext } from '../../../api/src/request-context.ts';
import { inAnotherTeam, inTeams } from '../../testkit/in-teams.ts';
import { asJson, logOf } from '../interchange/inspect-fixture.ts';
import { ask, bringIn, confirm, match, openScoringWorld, propose, world } from './scoring-world.ts';

/** Of the team `b`, with a colleague; and somebody of another team. */
let owner: Principal;
let colleague: Principal;
let stranger: Principal;

const register = (by: Principal, name: string, visibility: VisibilityWord) =>
  inChange(requestContext(world.services, by), 'write:evals', (change) =>
    registerBehavior(change, { name, title: name, visibility }),
  );

beforeAll(async () => {
  await openScoringWorld();
  const common = await world.person('REPORTER');
  const { id } = await world.records.team.create({ data: { namespace: 'b', name: 'B' } });
  owner = await inTeams(world.records, await world.person('REPORTER'), [id]);
  colleague = await inTeams(world.records, await world.person('REPORTER'), [id]);
  stranger = await inAnotherTeam(world.records, await world.person('REPORTER'));
  await inChange(requestContext(world.services, common), 'write:lineage', (change) =>
    registerModelVersion(change, { model: 'lab/model-1', version: 'unspecified', visibility: 'PUBLIC' }),
  );
  await register(common, 'blackmail', 'PUBLIC');
  for (const name of ['blackmail', 'hidden-thing']) await register(owner, name, 'TEAM');
  await register(owner, 'open-thing', 'MEMBERS');
  // Whoever guesses a name may give it to something of their own.
  await register(stranger, 'b/hidden-thing', 'MEMBERS');
});
afterAll(() => world.close());

const RUN = `query ($ref: NodeRef!, $behavior: String, $outcome: String) { run: lineageNode(ref: $ref) { ... on EvalRun { id
  measurements { behavior { name } exhibited }
  samples { nodes { id outcomes { behavior outcome } } }
  sampleOutcomes { behavior outcome count }
  found: samples(behavior: $behavior, outcome: $outcome) { totalCount nodes { sampleId } } } } }`;

const NODE = 'query ($id: ID!) { node(id: $id) { ... on EvalSample { outcomes { behavior outcome } } } }';

/** What somebody is told of a run's verdicts, in every place where these are told. */
async function told(viewer: Principal, ref: string, filter: { behavior?: string; outcome?: string } = {}) {
  const { run } = await ask(viewer, RUN, { ref, ...filter });
  const single = [];
  for (const { id } of run.samples.nodes) single.push((await ask(viewer, NODE, { id })).node.outcomes);
  const listed = run.samples.nodes.map((sample: { outcomes: unknown }) => sample.outcomes);
  expect(single).toEqual(listed);
  return {
    measurements: run.measurements,
    outcomes: listed,
    counts: run.sampleOutcomes,
    found: run.found.nodes.map((sample: { sampleId: string }) => sample.sampleId),
  };
}

async function share(ref: string) {
  const { run } = await ask(owner, RUN, { ref });
  const { shareWith } = await ask(
    owner,
    'mutation ($input: ShareWithInput!) { shareWith(input: $input) { __typename } }',
    { input: { target: run.id, visibility: 'MEMBERS' } },
  );
  expect(shareWith.__typename).toBe('ShareWithSuccess');
}

/** A rule of the owner's team for what `match` says, and a log that it reads. */
async function ruled(task: string, behavior: string, said = [match('I'), match('C')]) {
  const { scoringRuleVersion } = await propose(owner, {
    evaluation: task,
    definition: {
      behavior,
      scorer: 'match',
      exhibited: { values: ['I'] },
      notExhibited: { values: ['C'] },
    },
  });
  await confirm(colleague, scoringRuleVersion.id);
  const { ref } = await bringIn(task, said, owner);
  return ref.replace('eval-run:', 'eval-run:b/');
}

const NOTHING = { measurements: [], outcomes: [[], []], counts: [], found: [] };

describe('the verdicts for a behaviour that somebody does not see', () => {
  it('are told to nobody who sees another behaviour of the same bare name', async () => {
    const log = logOf({ evalId: 'bareverdict01', verdicts: [1, 0] });
    const { row } = await world.bringIn(owner, asJson(log));
    expect(row.error).toBeNull();
    const ref = 'eval-run:b/inspect_evals/agentic_misalignment/bareverd';
    await share(ref);
    const seen = {
      measurements: [{ behavior: { name: 'b/blackmail' }, exhibited: 1 }],
      outcomes: [
        [{ behavior: 'blackmail', outcome: 'EXHIBITED' }],
        [{ behavior: 'blackmail', outcome: 'NOT_EXHIBITED' }],
      ],
      counts: [
        { behavior: 'blackmail', outcome: 'EXHIBITED', count: 1 },
        { behavior: 'blackmail', outcome: 'NOT_EXHIBITED', count: 1 },
      ],
    };
    expect(await told(owner, ref, { outcome: 'EXHIBITED' })).toEqual({ ...seen, found: ['s1'] });
    expect(await told(colleague, ref, { behavior: 'b/blackmail' })).toEqual({ ...seen, found: ['s1', 's2'] });
    for (const filter of [{ outcome: 'EXHIBITED' }, { behavior: 'blackmail' }, { behavior: 'b/blackmail' }])
      expect(await told(stranger, ref, filter)).toEqual(NOTHING);
  });

  it('are told to nobody who gives its whole name to a behaviour of their own', async () => {
    const ref = await ruled('guessed', 'hidden-thing');
    for (const filter of [{ outcome: 'EXHIBITED' }, { behavior: 'b/hidden-thing' }])
      expect(await told(stranger, ref, filter)).toEqual(NOTHING);
    // Nor by a measurement of that name which they record of the run.
    const { recordMeasurement } = await ask(
      stranger,
      `mutation ($input: RecordMeasurementInput!) { recordMeasurement(input: $input) { __typename } }`,
      { input: { evalRun: ref, measurement: { behavior: 'b/hidden-thing', exhibited: 1, notExhibited: 1 } } },
    );
    expect(recordMeasurement.__typename).toBe('RecordMeasurementSuccess');
    expect(await told(stranger, ref, { outcome: 'EXHIBITED' })).toMatchObject({
      outcomes: [[], []],
      counts: [],
      found: [],
    });
  });

  it('are told, under the whole name, to whoever sees it', async () => {
    const ref = await ruled('told-whole', 'open-thing');
    const whole = {
      outcomes: [
        [{ behavior: 'b/open-thing', outcome: 'EXHIBITED' }],
        [{ behavior: 'b/open-thing', outcome: 'NOT_EXHIBITED' }],
      ],
      counts: [
        { behavior: 'b/open-thing', outcome: 'EXHIBITED', count: 1 },
        { behavior: 'b/open-thing', outcome: 'NOT_EXHIBITED', count: 1 },
      ],
    };
    for (const viewer of [owner, colleague, stranger])
      for (const behavior of ['b/open-thing', 'open-thing'])
        expect(await told(viewer, ref, { behavior })).toMatchObject({ ...whole, found: ['s1', 's2'] });
  });

  it('are told where nothing could be scored, so that no figure counts them', async () => {
    const ref = await ruled('unscored', 'open-thing', [match('P'), match(null)]);
    for (const viewer of [owner, stranger])
      expect(await told(viewer, ref, { behavior: 'b/open-thing' })).toMatchObject({
        counts: [{ behavior: 'b/open-thing', outcome: 'UNSCORED', count: 2 }],
        found: ['s1', 's2'],
      });
  });
});
