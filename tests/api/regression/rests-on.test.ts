// What a verdict rests on besides the measurements: what their runs were tested on, and the digests of their samples.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Principal, Viewer } from '../../../api/src/access/viewer.ts';
import { requestContext } from '../../../api/src/request-context.ts';
import { countedFrom, items, recordRun, samplesOf } from '../evaluation/runs-with-samples.ts';
import { everythingSeen, THRESHOLD, type WatchedWorld, watchedWorld } from './watched-world.ts';

let world: WatchedWorld;
/** Makes the rules, and sees what the team sees. */
let lab: Principal;
let colleague: Principal;
const begin = async () => {
  world = await watchedWorld();
  lab = await world.member('INVESTIGATOR', 'lab');
  colleague = await world.member('VIEWER', 'lab');
};
beforeEach(begin);
afterEach(() => world.api.close());

const rise = (baselines: readonly string[]) => ({
  ...{ behavior: 'blackmail', modelFamily: 'opus', kind: 'RISE', alpha: 0.05 },
  baselines,
});

const made = async (mutation: string, input: object, as: Viewer = lab) => {
  const result = await world.run(as, mutation, input, '__typename');
  expect(result.__typename, JSON.stringify(result)).toMatch(/Success$/);
};

/** Says of a run of the lab's that it was tested on a dataset version that is as visible as told. */
async function testedOn(run: string, dataset: string, visibility: string): Promise<void> {
  await made('registerDatasetVersion', { dataset, version: '1', visibility });
  const edge = { kind: 'TESTED_ON', downstream: `eval-run:lab/${run}`, upstream: `dataset:lab/${dataset}@1` };
  await made('assertEdge', edge);
}

const share = async (ref: string, visibility: string) => {
  const { lineageNode } = await world.ask(lab, `{ lineageNode(ref: "${ref}") { id } }`);
  await made('shareWith', { target: lineageNode.id, visibility });
};

/** What is told of the outcomes of a rule next to what the reader finds by comparing the two themselves. */
async function beside(rule: string, baseline: string, as: Viewer) {
  const { regressionRule } = await world.ask(
    as,
    `query ($rule: ID!, $with: ID!) { regressionRule(id: $rule) { lastOutcome { verdict }
      outcomes { totalCount nodes { verdict reasons difference pValue
        measurement { comparability(with: $with) { comparable differences } } } } } }`,
    { rule, with: baseline },
  );
  return regressionRule;
}

describe('what two runs were tested on', () => {
  /** A rule that looked at a run, of which and of whose baseline it may be said for the team alone what they had. */
  async function judged(visibility: string | null, runs = 'MEMBERS') {
    const [baseline] = await world.measure('before', 10, { as: lab, visibility: runs });
    const rule = await world.rule(rise([baseline!]), {}, lab);
    await world.measure('after', 60, { as: lab, visibility: runs });
    if (visibility !== null) {
      await testedOn('before', 'first', visibility);
      await testedOn('after', 'second', visibility);
    }
    await world.look();
    return { rule, baseline: baseline! };
  }

  it('moves no verdict for those who do not see it: it is the one that they would have come to', async () => {
    const told: unknown[] = [];
    for (const visibility of [null, 'TEAM']) {
      const { rule, baseline } = await judged(visibility);
      const outcomes = await beside(rule, baseline, world.viewer);
      expect(outcomes).toMatchObject({
        lastOutcome: { verdict: 'HIT' },
        outcomes: {
          totalCount: 1,
          nodes: [
            {
              verdict: 'HIT',
              reasons: [],
              measurement: { comparability: { comparable: true, differences: [] } },
            },
          ],
        },
      });
      told.push([outcomes, JSON.stringify(await everythingSeen(world, world.viewer))]);
      await world.api.close();
      await begin();
    }
    expect(told[1]).toEqual(told[0]);
  });

  it('is told whoever sees more where they compare the two themselves', async () => {
    const { rule, baseline } = await judged('TEAM');
    const { outcomes } = await beside(rule, baseline, colleague);
    expect(outcomes.nodes).toMatchObject([
      { verdict: 'HIT', reasons: [], measurement: { comparability: { comparable: false } } },
    ]);
  });

  it('counts where everybody sees it who is told the verdict', async () => {
    const { rule, baseline } = await judged('TEAM', 'TEAM');
    const { outcomes } = await beside(rule, baseline, colleague);
    expect(outcomes.nodes).toMatchObject([
      { verdict: 'NOT_COMPARABLE', reasons: ['tested dataset: first@1 against second@1'] },
    ]);
    expect(await world.outcomes(rule, world.viewer)).toEqual([]);
  });

  it('closes what was said where it is hidden later, from the list, the last and the count', async () => {
    const { rule, baseline } = await judged('MEMBERS');
    const told = await beside(rule, baseline, world.viewer);
    expect(told.outcomes).toMatchObject({ totalCount: 1, nodes: [{ verdict: 'NOT_COMPARABLE' }] });
    const stands = () =>
      requestContext(world.api.services, world.viewer).db.$queryRaw<
        unknown[]
      >`select id from regression_outcome`;
    expect(await stands()).toHaveLength(1);
    await share('dataset:lab/second@1', 'TEAM');
    expect(await beside(rule, baseline, world.viewer)).toEqual({
      lastOutcome: null,
      outcomes: { totalCount: 0, nodes: [] },
    });
    // The second wall says the same.
    expect(await stands()).toEqual([]);
    expect((await beside(rule, baseline, colleague)).outcomes.nodes).toEqual(told.outcomes.nodes);
  });

  it('is what stood then, whatever is said of the runs later', async () => {
    const { rule, baseline } = await judged('MEMBERS');
    const [before] = await world.outcomes(rule, world.viewer);
    expect(before.reasons).toEqual(['tested dataset: first@1 against second@1']);
    await testedOn('before', 'third', 'MEMBERS');
    await testedOn('after', 'secret', 'TEAM');
    expect(await world.outcomes(rule, world.viewer)).toEqual([before]);
    expect(await world.outcomes(rule, colleague)).toEqual([before]);
    expect((await beside(rule, baseline, colleague)).lastOutcome).toEqual({ verdict: 'NOT_COMPARABLE' });
  });

  it('reopens and drafts as if it were not recorded, where those who see the incident do not see it', async () => {
    const id = await world.resolved('Opus blackmailed');
    await judged('TEAM');
    expect(await world.seen(id, world.viewer)).toMatchObject({
      status: 'INVESTIGATING',
      regressions: [{ verdict: 'HIT', consequences: [{ action: 'REOPENED' }] }],
    });
  });

  it('is nothing to a threshold', async () => {
    const rule = await world.rule(THRESHOLD, {}, lab);
    await world.measure('after', 60, { as: lab });
    await testedOn('after', 'second', 'TEAM');
    await world.look();
    expect(await world.outcomes(rule, world.viewer)).toMatchObject([{ verdict: 'HIT' }]);
  });
});

describe('what the samples were given', () => {
  const digest = (of: string) => `messages:${of.repeat(64)}`;
  /** A run of all members, read from a file of which only its team may know what was given; `others` of its items differ. */
  async function read(run: string, exhibited: number, others: number, file: string): Promise<string> {
    const outcomes = { ...items(0, exhibited, 'E'), ...items(exhibited, 100 - exhibited, 'N') };
    const samples = samplesOf('blackmail', outcomes).map((sample, i) => ({
      ...sample,
      inputDigest: digest(i < others ? run.charAt(0) : '0'),
    }));
    await recordRun(world, { name: run, model: 'opus', samples, measurements: [countedFrom(samples)] });
    await world.api.records.$executeRaw`
      with brought as (
        insert into import (format, file_name, digest, bytes, status, visibility, team_id, actor_id)
        values ('inspect-json', ${run}, md5(${run}) || md5(${run}), 1, 'SUCCEEDED', ${file}::visibility,
          ${lab.teamIds[0]}, ${lab.actorId}) returning id)
      update eval_run set import_id = brought.id from brought, node n where n.id = node_id and n.name = ${run}`;
    const { lineageNode } = await world.ask(
      world.viewer,
      `{ lineageNode(ref: "eval-run:${run}") { ... on EvalRun { measurements { id } } } }`,
    );
    return lineageNode.measurements[0].id;
  }

  async function judged(file: string) {
    const baseline = await read('before', 10, 0, file);
    const rule = await world.rule(rise([baseline]), {}, lab);
    await read('after', 60, 95, file);
    await world.look();
    const compared = async (as: Viewer) =>
      (
        await world.ask(
          as,
          `query ($rule: ID!) { regressionRule(id: $rule) { outcomes { nodes { verdict reasons difference pValue } } } }`,
          { rule },
        )
      ).regressionRule.outcomes.nodes;
    return { rule, baseline, compared };
  }

  it('tells no items apart in a verdict for those who may not use it', async () => {
    const { rule, baseline, compared } = await judged('TEAM');
    const [told] = await compared(world.viewer);
    expect(told).toMatchObject({ verdict: 'HIT', difference: 0.5 });
    const { outcomes } = await beside(rule, baseline, world.viewer);
    expect(outcomes.nodes[0].measurement.comparability).toEqual({ comparable: true, differences: [] });
    // Who may use it reads there what differs, and is told the same verdict.
    expect(await compared(colleague)).toEqual([told]);
    const own = await beside(rule, baseline, colleague);
    expect(own.outcomes.nodes[0].measurement.comparability).toEqual({
      comparable: false,
      differences: ['items: 95 of the 100 in both have other inputs'],
    });
  });

  it('tells them apart where all may use it, and closes what was said where the file is hidden later', async () => {
    const { compared } = await judged('MEMBERS');
    const [told] = await compared(world.viewer);
    // Only five are the same, of which none showed it in either.
    expect(told).toMatchObject({ verdict: 'NO_HIT', difference: 0 });
    await world.api.records.$executeRaw`update import set visibility = 'TEAM' where file_name = 'after'`;
    expect(await compared(world.viewer)).toEqual([]);
    expect(await compared(colleague)).toEqual([told]);
  });
});
