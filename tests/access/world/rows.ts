// A world as rows, each with who may see it and what it cannot stand without.
import type { Json } from '../../../api/src/platform/json.ts';
import {
  EVERYBODY,
  type Guard,
  PEOPLE,
  type PersonName,
  PRINCIPAL_NAMES,
  type PrincipalName,
  TEAMS,
  whoSees,
} from './principals.ts';

export interface Row {
  table: string;
  /** The row's own id; of a kind's own table, its node's. */
  id: number;
  values: Record<string, Json>;
  guard: Guard | null;
  /** Rows that it is nothing without: whoever may not see one of them doesn't see this either. */
  needs: readonly Row[];
  /** Columns that lead to what may be hidden while this is not. */
  leads: Readonly<Record<string, Row>>;
  /** Of a statement of inputs: they decide whether it stands, and whether it is complete. */
  inputs: Row[];
  /** Bits of the principals who may see it, all it needs included. */
  seenBy: number;
  /** What names other rows within a value, as it is where only some of them are seen. */
  retold: Retold | null;
}

/** Whether a row is seen. */
export type Sees = (row: Row) => boolean;

/** Values by column; who sees is null where everything was recorded. */
type Retold = (sees: Sees, who: PrincipalName | null) => Record<string, Json>;

export type World = readonly Row[];

/** What a row is made of: references by column are needed, or merely led to. */
export interface Parts {
  values?: Record<string, Json>;
  guard?: Guard | null;
  needs?: Readonly<Record<string, Row>>;
  /** Needed, but named in no column: what a text tells of. */
  tellsOf?: readonly Row[];
  leads?: Readonly<Record<string, Row | null>>;
  retold?: Retold;
  /** The id where it is another table's. */
  id?: number;
}

const FIRST_ID = 1000;

export class Rows {
  readonly all: Row[] = [];
  readonly #next = new Map<string, number>();

  add(table: string, parts: Parts): Row {
    const { guard = null, needs = {}, tellsOf = [], retold = null } = parts;
    const leads: Record<string, Row> = {};
    for (const [column, row] of Object.entries(parts.leads ?? {})) if (row !== null) leads[column] = row;
    const id = parts.id ?? this.#next.get(table) ?? FIRST_ID;
    if (parts.id === undefined) this.#next.set(table, id + 1);
    const ids = Object.entries({ ...needs, ...leads }).map(([column, row]) => [column, row.id]);
    const needed = [...Object.values(needs), ...tellsOf];
    const row: Row = {
      table,
      id,
      values: { ...parts.values, ...Object.fromEntries(ids), ...(guard === null ? {} : guarded(guard)) },
      guard,
      needs: needed,
      leads,
      inputs: [],
      retold,
      seenBy: needed.reduce((bits, one) => bits & one.seenBy, guard === null ? EVERYBODY : whoSees(guard)),
    };
    if (guard?.audience != null) row.values.audience_id = this.#audience(guard, guard.audience, needed);
    this.all.push(row);
    return row;
  }

  /** The named people and the embargo of a row; they are recorded with it, and hidden with it. */
  #audience(
    guard: Guard,
    { named, embargo, owner: counted }: NonNullable<Guard['audience']>,
    needed: readonly Row[],
  ): number {
    const seenBy = needed.reduce((bits, one) => bits & one.seenBy, whoSees(guard));
    const owner = { team_id: Number(TEAMS[guard.team].id), actor_id: Number(PEOPLE[guard.author].id) };
    const bare = { guard: null, needs: [], leads: {}, inputs: [], retold: null, seenBy };
    const id = this.#next.get('audience') ?? FIRST_ID;
    this.#next.set('audience', id + 1);
    this.all.push({
      ...bare,
      table: 'audience',
      id,
      values: { ...owner, embargoed_until: EMBARGO[embargo] },
    });
    const member = (name: PersonName, as_owner: boolean) => {
      const values = {
        audience_id: id,
        actor_id: Number(PEOPLE[name].id),
        added_by: owner.actor_id,
        as_owner,
      };
      this.all.push({ ...bare, table: 'audience_member', id: 0, values });
    };
    for (const name of named) member(name, false);
    if (counted !== undefined) member(counted, true);
    return id;
  }
}

const EMBARGO = { none: null, past: '2020-01-01T00:00:00Z', future: '2100-01-01T00:00:00Z' } as const;

function guarded(guard: Guard): Record<string, Json> {
  return {
    visibility: guard.visibility,
    team_id: Number(TEAMS[guard.team].id),
    actor_id: Number(PEOPLE[guard.author].id),
  };
}

/** Whether a principal may see the row: it, what it needs, and of a statement with inputs at least one of them. */
export function visibleTo(row: Row, principal: PrincipalName): boolean {
  const bit = 1 << PRINCIPAL_NAMES.indexOf(principal);
  if ((row.seenBy & bit) === 0) return false;
  const compositions = row.needs.filter((need) => need.table === 'composition');
  return (
    (row.inputs.length === 0 || row.inputs.some((input) => (input.seenBy & bit) !== 0)) &&
    compositions.every((composition) => visibleTo(composition, principal))
  );
}

/** The world in which what is hidden from the principal was never recorded. */
export function withoutHidden(world: World, principal: PrincipalName): World {
  const bit = 1 << PRINCIPAL_NAMES.indexOf(principal);
  const sees = (row: Row) => visibleTo(row, principal);
  const tellOfHidden = importsThatTellOf(world.filter((row) => !sees(row)));
  return world
    .filter(sees)
    .filter(({ table, needs }) => !READ_AGAIN.has(table) || !tellOfHidden.has(needs[0]))
    .map((row) => {
      const values = { ...row.values, ...row.retold?.(sees, principal) };
      if (tellOfHidden.has(row)) Object.assign(values, NOTHING_TOLD);
      for (const [column, to] of Object.entries(row.leads)) if (!sees(to)) values[column] = null;
      if (row.inputs.some((input) => (input.seenBy & bit) === 0)) values.complete = false;
      return { ...row, values };
    })
    .filter(
      (row) => row.table !== 'intervention_comparison' || SIDES.some((side) => row.values[side] != null),
    );
}

/**
 * What a file says of its fields names what it tells of, and how far it has come counts it: where that was never
 * recorded, none of it was told.
 */
const NOTHING_TOLD = {
  report: { kept: [], leftOut: [], warnings: [], recordedBefore: null },
  progress: null,
};

/** Of a file that tells of something hidden, as if it had not been read again. */
const READ_AGAIN = new Set(['import_reading', 'import_rereading']);

const importsThatTellOf = (rows: World): Set<Row | undefined> =>
  new Set(
    rows
      .filter(({ table }) => table === 'eval_run' || table === 'incident_origin')
      .map(({ leads }) => leads.import_id),
  );

/** A comparison of which neither side was recorded could not have been recorded. */
const SIDES = ['before_measurement_id', 'after_measurement_id', 'before_result_id', 'after_result_id'];
