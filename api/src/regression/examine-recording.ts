import { actingStill } from '../access/acting-still.ts';
import { type Change, inChange } from '../access/change.ts';
import { selectTeamsOf } from '../access/guards.store.ts';
import { permits } from '../access/rules.ts';
import { type Principal, ROLE_SCOPES, ROLES } from '../access/viewer.ts';
import type { Context, Services } from '../context.ts';
import { boundTo } from '../platform/bound-database.ts';
import { SEES_ALL } from '../platform/rights.ts';
import { requestContext } from '../request-context.ts';
import { actOnHits } from './act-on-hits.ts';
import { insertOutcomes, type Recording, selectRulesFor } from './examine.store.ts';
import { selectCommonGrounds } from './grounds.store.ts';
import { judgeMeasurements } from './judge-measurements.ts';
import { linkHits } from './link-hits.ts';
import { criterionOf, type RegressionRuleRow } from './regression.ts';
import { guardsOf, widestOn } from './rests.ts';
import { maySpeak, selectMatching, selectRests } from './sight.store.ts';
import { selectSighted } from './tested-together.store.ts';
import { inGroups, testedTogether } from './tested-together.ts';

/**
 * Has every rule that it concerns look at what was recorded together, or one look back. A rule acts as whoever made it, with the rights that
 * they have now, and says nothing of what they may not see. What it says and what follows from it is one transaction, and
 * is said once: to go through a recording again changes nothing. Rejects where a rule could not look, after all others did.
 */
export async function examineRecording(services: Services, recording: Recording): Promise<void> {
  const all = boundTo(services.db, SEES_ALL);
  const failed: unknown[] = [];
  for (const rule of await selectRulesFor(all, recording)) {
    try {
      const author = await authorOf(services, rule);
      if (author !== null) await examine(requestContext(services, author), author, rule, recording);
    } catch (error) {
      failed.push(error);
    }
  }
  // The others had their look, and say nothing twice when it is looked at again.
  if (failed.length > 0) throw failed[0];
}

const EVERY_SCOPE = [...new Set(ROLES.flatMap((role) => ROLE_SCOPES[role]))];

/** Who made the rule, where they may still make one in its team's name; null where the rule sleeps. */
export async function authorOf(
  services: Pick<Services, 'db'>,
  rule: Pick<RegressionRuleRow, 'actorId' | 'teamId'>,
): Promise<Principal | null> {
  const began = { actorId: rule.actorId, sessionId: null, tokenId: null, scopes: EVERY_SCOPE };
  const author = await actingStill(services, began);
  if (author === null || !author.teamIds.includes(rule.teamId) || !permits(author, 'judge').allowed)
    return null;
  // In whose name it speaks is their first team.
  const others = author.teamIds.filter((id) => id !== rule.teamId);
  return { ...author, teamIds: [rule.teamId, ...others] };
}

async function examine(
  context: Context,
  author: Principal,
  rule: RegressionRuleRow,
  recording: Recording,
): Promise<void> {
  // What the rule rests on may have been hidden from its author since.
  if (!(await maySpeak(context.db, author, rule.id))) return;
  const ids = await selectMatching(context.db, author, rule, recording.measurementIds);
  const sighted = await selectSighted(context.beyondSight, rule, ids);
  const together = testedTogether(sighted.sighted, sighted.teams);
  const grounds = await selectCommonGrounds(context.beyondSight, rule, sighted);
  const judged = await judgeMeasurements(context, criterionOf(rule), ids, { together, grounds });
  if (judged.length === 0) return;
  await inChange(context, 'write:incidents', async (change) => {
    const by = { teamId: change.teamId, actorId: change.by.actorId };
    const made = await insertOutcomes(change.tx, by, rule.id, judged, grounds);
    if (made.size === 0) return;
    const hits = judged.filter(({ verdict, measurementId }) => verdict === 'HIT' && made.has(measurementId));
    const sight = await sightOf(change, rule, ids);
    const found = hits.map(({ measurementId }) => ({ measurementId, outcomeId: made.get(measurementId)! }));
    const { evalRunId } = recording;
    if (evalRunId === null) await linkHits(change, rule, found);
    // What follows from a hit is for those who see it: of one that more see, as if there were no other.
    else
      for (const group of inGroups(
        found.map((one) => one.measurementId),
        together,
      )) {
        const outcomeIds = group.ids.map((id) => made.get(id)!);
        await actOnHits(change, rule, {
          outcomeIds,
          evalRunId,
          ...(await sightOf(change, rule, group.with)),
        });
      }
    await change.event(
      { type: 'REGRESSION_EXAMINED', rule: rule.title, measurements: made.size, hits: hits.length },
      { visibility: sight.draft.visibility },
    );
  });
}

/** Who may see what follows: what it rests on, and the widest that a new record of the rule's author may be. */
async function sightOf(change: Change, rule: RegressionRuleRow, measurementIds: readonly bigint[]) {
  const rests = await selectRests(change.tx, rule, measurementIds);
  const by = { teamId: change.teamId, actorId: change.by.actorId };
  const teams = await selectTeamsOf(change.tx, [
    ...guardsOf(rests),
    { ...by, visibility: 'TEAM', embargoed: false, named: [] },
  ]);
  return { rests, draft: widestOn(by, rests, teams) };
}
