// A seeded world of every kind of record, each with a visibility of its own: small, and with everything that can be
// hidden hidden from somebody, whatever it belongs to or leads to.
import type { Json } from '../../../api/src/platform/json.ts';
import { recordCatalogue, recordKeptRuns } from './catalogue.ts';
import { Dice } from './dice.ts';
import { recordIncidents } from './incidents.ts';
import { recordJudged } from './judged.ts';
import { recordLineage } from './lineage.ts';
import { recordOrigins } from './origins.ts';
import { type Guard, PEOPLE, type PersonName, TEAMS, type TeamName, whoSees } from './principals.ts';
import { recordRegressions } from './regressions.ts';
import { type Parts, type Row, Rows, type World } from './rows.ts';

const START = Date.UTC(2026, 0, 1);
const HOUR = 3_600_000;
/** The moment at which all worlds are asked, and everything new is recorded. */
export const NOW = new Date(Date.UTC(2026, 5, 1));
/** A moment in the middle of what was recorded. */
export const EARLIER = new Date(START + 60 * HOUR);

export const WRITERS: readonly PersonName[] = ['labReporter', 'author', 'rivalInvestigator', 'both'];
const READERS: readonly PersonName[] = ['named', 'rivalViewer', 'labViewer', 'labReporter'];
export const WORDS = [
  'amber',
  'basalt',
  'cedar',
  'dune',
  'ember',
  'fjord',
  'garnet',
  'heath',
  'islet',
  'juniper',
];

/** The hand that writes a world: chance, time and who may see what. */
export class Writer {
  readonly dice: Dice;
  readonly rows = new Rows();
  readonly nodes: Row[] = [];
  readonly citations: Row[] = [];
  #hours = 0;

  constructor(seed: number) {
    this.dice = new Dice(seed);
  }

  /** The next moment of record. */
  moment(): string {
    this.#hours += 1;
    return new Date(START + this.#hours * HOUR).toISOString();
  }

  words(): string {
    return [this.dice.pick(WORDS), this.dice.pick(WORDS)].join(' ');
  }

  guard(): Guard {
    const { dice } = this;
    const author = dice.pick(WRITERS);
    const named = dice.some(READERS, 1 + dice.below(2));
    return {
      visibility: dice.pick(['PUBLIC', 'PUBLIC', 'PUBLIC', 'MEMBERS', 'TEAM', 'TEAM', 'RESTRICTED'] as const),
      team: dice.pick(PEOPLE[author].teams as readonly TeamName[]),
      author,
      audience: dice.chance(0.3)
        ? {
            named: dice.chance(0.6) ? named : [],
            embargo: dice.pick(['none', 'past', 'future', 'future'] as const),
          }
        : null,
    };
  }

  /** As narrow as all of these, for everybody: what a version, a run or an event may be at most. */
  guardWithin(...parents: readonly Row[]): Guard {
    const allowed = parents.reduce((bits, row) => bits & row.seenBy, -1);
    for (let tries = 0; tries < 40; tries += 1) {
      const guard = this.guard();
      if ((whoSees(guard) & ~allowed) === 0) return guard;
    }
    // The narrowest parent's own, where it is that of all.
    for (const { guard } of parents) if (guard !== null && (whoSees(guard) & ~allowed) === 0) return guard;
    for (const author of WRITERS) {
      const guard: Guard = {
        visibility: 'RESTRICTED',
        team: PEOPLE[author].teams[0] ?? 'common',
        author,
        audience: null,
      };
      if ((whoSees(guard) & ~allowed) === 0) return guard;
    }
    return { visibility: 'RESTRICTED', team: 'common', author: 'administrator', audience: null };
  }

  /** A row that is recorded once and for all. */
  record(table: string, parts: Parts): Row {
    return this.rows.add(table, { ...parts, values: { recorded_at: this.moment(), ...parts.values } });
  }

  /** A row that may have been retracted since. */
  assert(table: string, parts: Parts & { retracted?: boolean }): Row {
    const { retracted = this.dice.chance(0.08), guard = this.guard(), ...rest } = parts;
    const recorded = this.moment();
    const retraction = retracted
      ? {
          retracted_at: this.moment(),
          retracted_by: Number(PEOPLE.author.id),
          retraction_reason: this.words(),
        }
      : { retracted_at: null, retracted_by: null, retraction_reason: null };
    return this.rows.add(table, {
      ...rest,
      guard,
      values: { recorded_at: recorded, ...retraction, ...rest.values },
    });
  }

  citation(): Row | null {
    if (this.dice.chance(0.5)) return null;
    const row = this.record('citation', {
      guard: this.guard(),
      values: {
        source: `Report on ${this.words()}`,
        url: null,
        locator: `p. ${this.dice.below(90)}`,
        certainty: this.dice.pick(['PRIMARY', 'SECONDARY', 'DERIVED']),
        quote: this.dice.chance(0.3) ? this.words() : null,
        note: null,
        retrieved_at: null,
      },
    });
    this.citations.push(row);
    return row;
  }

  /** Tells of rows in an event, no wider than any of them; of the one of a type alone, where that is given. */
  event(
    type: string,
    node: Row | null,
    payload: Record<string, Json>,
    of: readonly Row[],
    subject: string | null = null,
  ): void {
    const about = node === null ? of : [node, ...of];
    this.record('event', {
      guard: about.length === 0 ? this.guard() : this.guardWithin(...about),
      needs: node === null ? {} : { node_id: node },
      tellsOf: of,
      values: {
        type,
        subject_type: subject,
        subject_id: subject === null ? null : (of[0]?.id ?? null),
        payload,
      },
    });
  }
}

/** Actors and teams, which are the same for everybody. */
export function recordParties(write: Writer): void {
  for (const { id, namespace, name } of Object.values(TEAMS))
    write.rows.add('team', { id: Number(id), values: { id: Number(id), namespace, name } });
  write.rows.add('actor', {
    id: 1,
    values: { id: 1, kind: 'SYSTEM', name: 'Headwater', email: null, role: 'ADMINISTRATOR' },
  });
  for (const [name, { id, role, teams }] of Object.entries(PEOPLE)) {
    write.rows.add('actor', {
      id: Number(id),
      values: { id: Number(id), kind: 'PERSON', name, email: `${name.toLowerCase()}@example.org`, role },
    });
    for (const team of teams)
      write.rows.add('membership', {
        id: 0,
        values: { team_id: Number(TEAMS[team].id), actor_id: Number(id) },
      });
  }
}

export function generateWorld(seed: number): World {
  const write = new Writer(seed);
  recordParties(write);
  const lineage = recordLineage(write);
  const catalogue = recordCatalogue(write, lineage);
  recordIncidents(write, lineage, catalogue);
  recordOrigins(write);
  recordRegressions(write, catalogue);
  recordJudged(write, catalogue, lineage);
  recordKeptRuns(write, lineage, catalogue);
  seenWithFigures(catalogue.conditions, write.rows.all);
  for (const { values, retold } of write.rows.all)
    Object.assign(
      values,
      retold?.(() => true, null),
    );
  return write.rows.all;
}

/** Whoever reads everything, and the administrator, who is one of those. */
const READERS_OF_ALL = whoSees({
  visibility: 'RESTRICTED',
  team: 'common',
  author: 'administrator',
  audience: null,
});

/** A condition that its version was not registered with is seen by whoever sees a figure that was taken under it. */
function seenWithFigures(conditions: readonly Row[], rows: readonly Row[]): void {
  for (const condition of conditions.filter((one) => one.values.declared !== true)) {
    const figures = rows.filter((row) => row.leads.condition_id === condition);
    condition.seenBy &= figures.reduce((bits, figure) => bits | figure.seenBy, READERS_OF_ALL);
  }
}
