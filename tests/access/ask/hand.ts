// Who tries, and what they try it on.
import type { Principal } from '../../../api/src/access/viewer.ts';
import type { Json } from '../../../api/src/platform/json.ts';
import type { Dice } from '../world/dice.ts';
import { WORDS } from '../world/generate.ts';
import { type PrincipalName, TEAMS } from '../world/principals.ts';
import { type Row, visibleTo } from '../world/rows.ts';
import type { Names } from './ids.ts';

export type Input = Record<string, Json | undefined>;
export type Trial = readonly [mutation: string, input: Input];

/** The id of a row that no world has. */
const NEVER = 900_000;

/** Picks what a trial is about, hidden things as readily as visible ones. */
export class Hand {
  readonly names: Names;
  readonly dice: Dice;
  readonly #who: PrincipalName;
  readonly #namespace: string;
  #made = 0;

  constructor(names: Names, dice: Dice, who: PrincipalName, viewer: Principal) {
    this.names = names;
    this.dice = dice;
    this.#who = who;
    const team = Object.values(TEAMS).find(({ id }) => id === viewer.teamIds[0]);
    this.#namespace = team?.namespace ?? '';
  }

  ref(...kinds: string[]): string {
    return this.names.ref(this.dice.pick(this.names.nodes(...kinds)));
  }

  refs(n: number, ...kinds: string[]): string[] {
    return this.dice.some(this.names.nodes(...kinds), n).map((row) => this.names.ref(row));
  }

  /** Of something that was never recorded, where the world has nothing of the kind. */
  id(...tables: [string, ...string[]]): string {
    const rows = tables.flatMap((table) => this.names.of(table));
    return this.names.id(
      rows.length === 0 ? { table: tables[0], id: NEVER, values: {} } : this.dice.pick(rows),
    );
  }

  /** Only ids of what the principal sees: for what is refused otherwise anyhow. */
  seen(table: string): string {
    const rows = this.names.of(table).filter((row) => visibleTo(row, this.#who));
    return rows.length === 0 ? this.id(table) : this.names.id(this.dice.pick(rows));
  }

  seenName(table: string): string {
    const rows = this.names.of(table).filter((row) => visibleTo(row, this.#who));
    const { namespace, name } = (
      rows.length === 0 ? this.dice.pick(this.names.of(table)) : this.dice.pick(rows)
    ).values;
    return namespace === '' ? String(name) : `${namespace}/${name}`;
  }

  /** A grader in a version that is a person's, as `name@version`; of what is perhaps none where none is seen. */
  seenPerson(): string {
    const people = this.names
      .of('grader_version')
      .filter((row) => row.values.kind === 'HUMAN' && visibleTo(row, this.#who));
    if (people.length === 0) return 'grader-0';
    const { grader_id, version } = this.dice.pick(people).values;
    const { namespace, name } = this.names.of('grader').find(({ id }) => id === grader_id)!.values;
    return `${namespace === '' ? '' : `${namespace}/`}${name}@${version}`;
  }

  seenRef(...kinds: string[]): string {
    const rows = this.names.nodes(...kinds).filter((row) => visibleTo(row, this.#who));
    return rows.length === 0 ? this.ref(...kinds) : this.names.ref(this.dice.pick(rows));
  }

  /** Of something that the principal sees in their own namespace, without it; of anything where there is none. */
  seenOwnRef(kind: string): string {
    const rows = this.names
      .nodes(kind)
      .filter((row) => row.values.namespace === this.#namespace && visibleTo(row, this.#who));
    if (rows.length === 0) return this.ref(kind);
    const row = this.dice.pick(rows);
    return this.names.ref({ ...row, values: { ...row.values, namespace: '' } });
  }

  /** The id of an eval run of theirs that they see, and not what it ran on; of any that they see where there is none. */
  keptRun(): string {
    const kept = this.names
      .of('edge')
      .filter(
        ({ values, needs: [run, model] }) =>
          values.kind === 'EVALUATED' && visibleTo(run!, this.#who) && !visibleTo(model!, this.#who),
      )
      .map(({ needs: [run] }) => run!);
    const runs = this.names.nodes('EVAL_RUN').filter((row) => visibleTo(row, this.#who));
    if (kept.length + runs.length === 0) return this.id('node');
    return this.names.id(this.dice.pick(kept.length > 0 ? kept : runs));
  }

  /**
   * Two versions of a kind that the principal sees, of which the second depends on the first by a path that they do not see
   * whole; any two of a kind where there are none.
   */
  joinedUnseen(): { downstream: string; upstream: string } {
    const seen = (row: Row) => visibleTo(row, this.#who);
    const edges = this.names.of('edge').filter(({ values }) => values.retracted_at === null);
    const found: [Row, Row][] = [];
    for (const kind of ['DATASET_VERSION', 'MODEL_VERSION'])
      for (const from of this.names.nodes(kind).filter(seen)) {
        const told = upstreamOf(from, edges.filter(seen));
        for (const to of upstreamOf(from, edges))
          if (to.values.kind === kind && seen(to) && !told.has(to)) found.push([to, from]);
      }
    const kind = this.dice.pick(['DATASET_VERSION', 'MODEL_VERSION']);
    if (found.length === 0) return { downstream: this.seenRef(kind), upstream: this.seenRef(kind) };
    const [downstream, upstream] = this.dice.pick(found);
    return { downstream: this.names.ref(downstream), upstream: this.names.ref(upstream) };
  }

  /** Another name of the right kind for something that the principal sees. */
  alias(): Input {
    const node = this.seenRef('SOURCE', 'TRAINING_RUN');
    return { node, alias: `${node.slice(0, node.indexOf(':'))}:${this.fresh()}` };
  }

  fresh(): string {
    this.#made += 1;
    return `new-${this.#made}`;
  }

  /**
   * A name that something holds, hidden or not. One that is hidden in the principal's own namespace is refused as taken,
   * which may be known within a team: a residual, as far as nothing else is told.
   */
  taken(rows: readonly Row[]): string {
    return rows.length === 0 ? this.fresh() : String(this.dice.pick(rows).values.name);
  }

  text(): string {
    return this.dice.pick(WORDS);
  }

  visibility(): string {
    return this.dice.pick(['PUBLIC', 'MEMBERS', 'TEAM', 'RESTRICTED']);
  }
}

/** All that a node depends on by these edges. */
function upstreamOf(from: Row, edges: readonly Row[]): Set<Row> {
  const found = new Set<Row>();
  const queue = [from];
  for (let next = queue.pop(); next !== undefined; next = queue.pop())
    for (const { needs } of edges)
      if (needs[0] === next && !found.has(needs[1]!)) {
        found.add(needs[1]!);
        queue.push(needs[1]!);
      }
  return found;
}
