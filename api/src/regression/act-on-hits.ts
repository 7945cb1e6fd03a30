import { type Guard, seenWherever, seenWhoeverIsNamed } from '../access/audience-sight.ts';
import type { Change } from '../access/change.ts';
import { selectGuardsOfTold, selectTeamsOf } from '../access/guards.store.ts';
import { upstreamBy } from '../evaluation/read-eval-runs.ts';
import { behaviorById } from '../evaluation/read-evaluations.ts';
import { changeIncidentStatus } from '../incident/change-incident-status.ts';
import { fileIncident } from '../incident/file-incident.ts';
import { linkIncident } from '../incident/link-incident.ts';
import { type IncidentStatus, ruleFor } from '../incident/status.ts';
import { bounded } from '../platform/bounded-text.ts';
import {
  type Candidate,
  insertConsequences,
  type LinkStep,
  selectCandidates,
  selectLinks,
} from './examine.store.ts';
import type { RegressionAction, RegressionRuleRow } from './regression.ts';
import { areShown, guardsOf, type Rests } from './rests.ts';
import { tellWatchers } from './tell-watchers.ts';

export interface Hits {
  outcomeIds: readonly bigint[];
  evalRunId: bigint;
  /** Who may see what the hits rest on. */
  rests: Rests;
  /** Who may see a draft: nobody who may not see all of that. */
  draft: Guard;
}

/** Told of a reopened incident whatever else is hidden: what hit is asked for when it is read. */
const WHY = 'Regressed: a rule of the regression watch hit.';
const MOST_TITLE = 300;

/**
 * Reopens the incidents that the hits are about, unless they ended after the run began, and tells who watches. An incident is touched only where everybody who
 * sees it sees all that the hits rest on; and where not everybody who may know of the hits sees one that was, a draft is
 * made for them. So nobody learns of anything hidden by what changed, or by what did not.
 */
export async function actOnHits(change: Change, rule: RegressionRuleRow, hits: Hits): Promise<void> {
  const { tx } = change;
  const reached: bigint[] = [];
  let known = false;
  for (const { candidate, guard } of await candidatesOf(change, rule, hits)) {
    const action = await touch(change, candidate, hits.evalRunId);
    await insertConsequences(tx, hits.outcomeIds, candidate.id, action);
    reached.push(candidate.id);
    const teams = await selectTeamsOf(tx, [hits.draft, guard]);
    known ||= seenWherever(hits.draft, guard, teams);
  }
  if (!known) {
    const id = await draft(change, rule, hits);
    await insertConsequences(tx, hits.outcomeIds, id, 'DRAFTED');
    reached.push(id);
  }
  await tellWatchers(tx, rule, hits.outcomeIds, reached);
}

/** The incidents that are about this and may be touched. */
export async function candidatesOf(
  change: Change,
  rule: RegressionRuleRow,
  hits: Pick<Hits, 'evalRunId' | 'rests'>,
) {
  const { tx, context } = change;
  const { behaviorId, incidentId } = rule;
  const found = await selectCandidates(tx, context.viewer, {
    ruleId: rule.id,
    behaviorId,
    incidentId,
    evalRunId: hits.evalRunId,
  });
  const links = await selectLinks(
    tx,
    found.map(({ id }) => id),
    rule.modelFamily,
  );
  const kept: { candidate: Candidate; guard: Guard }[] = [];
  for (const candidate of found) {
    const [guard] = await selectGuardsOfTold(tx, { node: [candidate.id] });
    if (guard === undefined) continue;
    const steps = links.filter((step) => step.incidentId === candidate.id);
    const teams = await selectTeamsOf(tx, [guard, ...guardsOf(hits.rests), ...steps]);
    const shown = (others: readonly Guard[]) =>
      others.every((other) => seenWhoeverIsNamed(guard, other, teams));
    if (areShown(hits.rests, shown) && (incidentId !== null || waysOf(steps).some(shown)))
      kept.push({ candidate, guard });
  }
  return kept;
}

function waysOf(steps: readonly LinkStep[]): LinkStep[][] {
  const ways = new Map<string, LinkStep[]>();
  for (const step of steps) ways.set(step.link, [...(ways.get(step.link) ?? []), step]);
  return [...ways.values()];
}

/**
 * Reopens an incident that had come to an end, by the table of its life; adds the run to one that had not, or of which it was
 * said after the run began that it was over.
 */
async function touch(change: Change, candidate: Candidate, evalRunId: bigint): Promise<RegressionAction> {
  await link(change, candidate, evalRunId);
  const ended: readonly string[] = ['MITIGATED', 'RESOLVED', 'CLOSED'] satisfies IncidentStatus[];
  if (
    !ended.includes(candidate.status) ||
    ruleFor(candidate.status as IncidentStatus, 'INVESTIGATING') === null
  )
    return 'LINKED';
  if (candidate.endedSince) return 'LINKED_BEFORE_END';
  const incident = change.context.ids.encode('Incident', candidate.id);
  await changeIncidentStatus(change, { incident, to: 'INVESTIGATING', comment: WHY });
  return 'REOPENED';
}

/** Says of the incident that it was observed in the run, where that was not said. */
export async function link(change: Change, candidate: Candidate, evalRunId: bigint): Promise<void> {
  if (candidate.linked) return;
  const { ids } = change.context;
  await linkIncident(change, {
    incident: ids.encode('Incident', candidate.id),
    evalRuns: [ids.encode('EvalRun', evalRunId)],
  });
}

/** A draft that says what the rule says of itself; figures are read where they stand. */
async function draft(change: Change, rule: RegressionRuleRow, hits: Hits): Promise<bigint> {
  const { context } = change;
  const { ids } = context;
  const behavior = await context.load(behaviorById, rule.behaviorId);
  const models = await upstreamBy(context, 'EVALUATED', hits.evalRunId);
  const title = `${behavior?.title ?? 'A behaviour'} in ${rule.modelFamily}: ${rule.title}`;
  const { incidentId } = await fileIncident(change, {
    title: bounded(title, MOST_TITLE),
    summary: `The rule “${rule.title}” of the regression watch hit. What it found stands under the regressions of this draft; say here what it means, and submit it or withdraw it.`,
    setting: 'SAFETY_TEST',
    severity: 'MEDIUM',
    behaviorIds: [rule.behaviorId],
    modelVersions: models.map(({ id }) => ids.encode('ModelVersion', id)),
    evalRuns: [ids.encode('EvalRun', hits.evalRunId)],
    related:
      rule.incidentId === null
        ? []
        : [{ incident: ids.encode('Incident', rule.incidentId), relation: 'may be a regression of' }],
    visibility: hits.draft.visibility,
    draft: true,
  });
  return incidentId;
}
