// What people of a team do for themselves, of which somebody who is not in that team sees nothing.
import { FIRST_NEW_ID } from '../world/database.ts';
import type { Dice } from '../world/dice.ts';
import { PEOPLE, type PersonName, PRINCIPALS, type PrincipalName, sees } from '../world/principals.ts';
import { type Row, visibleTo } from '../world/rows.ts';
import type { Names } from './ids.ts';
import type { Doing } from './unseen-doings.ts';

/** As far as there is a team that `who` sees nothing of. They stand first: what is made has the first of the new ids. */
export function doingsOfAnotherTeam(
  names: Names,
  dice: Dice,
  who: PrincipalName,
  doers: readonly PrincipalName[],
): Doing[] {
  const strangers = doers.filter((doer) => isOfAnotherTeam(doer as PersonName, who));
  if (strangers.length === 0) return [];
  const doer = dice.pick(strangers);
  const seen = (by: PrincipalName, visibility: string) =>
    names
      .nodes('INCIDENT')
      .filter(
        (row) =>
          row.values.visibility === visibility &&
          row.guard?.audience === null &&
          row.values.name !== null &&
          visibleTo(row, who) &&
          visibleTo(row, by),
      );
  const unseen = (row: Row) => !visibleTo(row, who) && visibleTo(row, doer);
  const isOthers = ({ guard }: Row) => guard?.author !== personOf(who);
  const begun = opened(names, doer, dice.some(names.of('behavior').filter(unseen), 1));
  const models = names.nodes('MODEL_VERSION').filter((row) => visibleTo(row, who) && visibleTo(row, doer));
  return [
    ...begun,
    ...reported(names, dice, doer, dice.some(models, 1), FIRST_NEW_ID + (begun.length > 0 ? 1 : 0)),
    ...narrowed(names, dice, doer, dice.pick(doers), seen(doer, 'PUBLIC')),
    embargoed(doer),
    ...added(names, strangers, (by) => seen(by, 'TEAM').filter(isOthers)),
    ...supported(strangers, (by) =>
      names
        .of('hypothesis')
        .filter(
          (row) =>
            row.values.visibility === 'TEAM' &&
            row.guard?.audience === null &&
            visibleTo(row, who) &&
            visibleTo(row, by) &&
            isOthers(row),
        )
        .map((row) => names.id(row)),
    ),
  ];
}

// Drafts, because a key is drawn from among those that hidden incidents left.
const DRAFT = { summary: 'hidden', setting: 'DEPLOYMENT', severity: 'LOW', draft: true };

/** An incident of a team that had a behaviour added, here alone, which is for fewer than the incident is from then on. */
function opened(names: Names, doer: PrincipalName, behaviors: readonly Row[]): Doing[] {
  if (behaviors.length === 0) return [];
  const incident = names.newId('Incident', FIRST_NEW_ID);
  const filed = { ...DRAFT, title: 'opened', visibility: 'TEAM' };
  return [
    { doer, mutation: 'fileIncident', input: filed, inBoth: true },
    {
      doer,
      mutation: 'updateIncident',
      input: { incident, behaviors: behaviors.map((row) => names.called(row)) },
    },
    { doer, mutation: 'shareWith', input: { target: incident, visibility: 'PUBLIC' }, inBoth: true },
  ];
}

/** A public incident of which a result of a model was reported, here alone, and which is for its team from then on. */
function reported(
  names: Names,
  dice: Dice,
  doer: PrincipalName,
  models: readonly Row[],
  id: number,
): Doing[] {
  const incident = names.newId('Incident', id);
  const narrower = dice.chance(0.5) ? { visibility: 'TEAM' } : { embargoedUntil: '2100-01-01T00:00:00.000Z' };
  return models.flatMap((model): Doing[] => {
    const result = { incident, modelVersion: names.ref(model), statement: 'hidden', value: 0.5 };
    const citation = { source: 'hidden', certainty: 'PRIMARY' };
    const filed = { ...DRAFT, title: 'hidden', visibility: 'PUBLIC' };
    return [
      { doer, mutation: 'fileIncident', input: filed, inBoth: true },
      { doer, mutation: 'recordReportedResult', input: { ...result, citation } },
      { doer, mutation: 'shareWith', input: { target: incident, ...narrower }, inBoth: true },
    ];
  });
}

/** A hypothesis that was public while evidence was added to it, here alone, and is its team's now. */
function narrowed(
  names: Names,
  dice: Dice,
  doer: PrincipalName,
  adder: PrincipalName,
  incidents: readonly Row[],
): Doing[] {
  if (incidents.length === 0) return [];
  const hypothesis = names.newId('Hypothesis', FIRST_NEW_ID);
  const opened = { incident: names.ref(dice.pick(incidents)), statement: 'hidden' };
  const evidence = { hypothesis, direction: 'SUPPORTS', method: 'PROBE', statement: 'hidden' };
  return [
    { doer, mutation: 'openHypothesis', input: opened, inBoth: true },
    { doer: adder, mutation: 'addHypothesisEvidence', input: evidence },
    { doer, mutation: 'shareWith', input: { target: hypothesis, visibility: 'TEAM' }, inBoth: true },
  ];
}

const embargoed = (doer: PrincipalName): Doing => ({
  doer,
  mutation: 'fileIncident',
  input: {
    title: 'hidden',
    summary: 'hidden',
    setting: 'DEPLOYMENT',
    severity: 'LOW',
    visibility: 'PUBLIC',
    embargoedUntil: '2100-01-01T00:00:00.000Z',
    suspectTags: ['hidden'],
  },
});

/** To an incident of a team, by somebody of another who sees it, too. */
function added(
  names: Names,
  doers: readonly PrincipalName[],
  incidentsSeenBy: (doer: PrincipalName) => readonly Row[],
): Doing[] {
  return doers.flatMap((doer): Doing[] => {
    const [row] = incidentsSeenBy(doer);
    if (row === undefined) return [];
    const incident = names.ref(row);
    const tried = { incident, title: 'hidden', description: 'hidden', outcome: 'PARTIAL' };
    return [
      { doer, mutation: 'openHypothesis', input: { incident, statement: 'hidden' } },
      { doer, mutation: 'recordIntervention', input: tried },
    ];
  });
}

/** Of a hypothesis of a team, by somebody of another who sees it, too. */
function supported(
  doers: readonly PrincipalName[],
  hypothesesSeenBy: (doer: PrincipalName) => readonly string[],
): Doing[] {
  return doers.flatMap((doer) =>
    hypothesesSeenBy(doer)
      .slice(0, 1)
      .flatMap((hypothesis): Doing[] => [
        {
          doer,
          mutation: 'addHypothesisEvidence',
          input: { hypothesis, direction: 'SUPPORTS', method: 'PROBE', statement: 'hidden' },
        },
        { doer, mutation: 'assessHypothesis', input: { hypothesis, confidence: 'hidden' } },
      ]),
  );
}

/** Whether what somebody makes for their team is hidden from `who`. */
function isOfAnotherTeam(doer: PersonName, who: PrincipalName): boolean {
  const [team] = PEOPLE[doer].teams;
  return !sees(PRINCIPALS[who], { visibility: 'TEAM', team: team!, author: doer, audience: null });
}

function personOf(who: PrincipalName): PersonName | undefined {
  const viewer = PRINCIPALS[who];
  return (Object.keys(PEOPLE) as PersonName[]).find(
    (name) => viewer.kind === 'principal' && PEOPLE[name].id === viewer.actorId,
  );
}
