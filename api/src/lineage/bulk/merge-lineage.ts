import { narrowest } from '../../access/narrowest.ts';
import type { Principal } from '../../access/viewer.ts';
import type { BulkConnection, CopyValue } from '../../platform/bulk-connection.ts';
import { databaseError } from '../../platform/database-error.ts';
import type { By } from '../by.ts';
import { closedCycles } from '../closed-cycles.ts';
import { cycleIn, edgeProblem } from '../edge-rules.ts';
import type { LineageSource } from '../lineage-source.ts';
import { formatNodeRef } from '../node-ref.ts';
import { selectClosure, selectEdgesFrom } from '../search.store.ts';
import {
  type Merged,
  mergeEdges,
  selectNamesOf,
  selectSaidOtherwise,
  stageEdges,
  unstageCycle,
  unstageLines,
} from './bulk.store.ts';
import type { EdgeLine } from './lineage-line.ts';
import type { ManyReferences } from './resolve-many.ts';

export interface NumberedEdge extends EdgeLine {
  line: number;
}

export interface RefusedLine {
  line: number;
  reason: string;
}

export interface EdgesMerged {
  added: number;
  /** Lines whose edge was asserted already, in the record or further up in the file. */
  held: number;
  refused: RefusedLine[];
  /** Set where the edges close cycles: then none of them was added, and these are the lines and paths. */
  cycles: RefusedLine[] | null;
}

/** Cycles that are looked for in one batch before it is given back. */
const MOST_CYCLES = 20;
/** Of a long path so many nodes are told from its beginning, and from its end. */
const TOLD_AT_ENDS = 20;
const ITSELF = 'This would make a thing depend on itself';
const UNIQUE_VIOLATION = '23505';
const NO_PROBLEMS: ReadonlyMap<string, string> = new Map();
const OTHERWISE = 'Your team asserts this edge already, with another amount or time: replace or retract it.';

/**
 * Records edges as `assertEdge` does one by one, in the transaction at hand: what a line refers to and its writer may
 * not see is not there, what the team asserts already is left out, and a cycle refuses all edges of the batch, with
 * every path that was found and that its writer sees. `before` says of a reference made in this batch from which line on
 * it may be named.
 */
export async function mergeLineage(
  db: BulkConnection,
  by: { viewer: Principal; party: By },
  references: ManyReferences,
  edges: readonly NumberedEdge[],
  before: ReadonlyMap<string, number> = new Map(),
): Promise<EdgesMerged> {
  const unknown = references.unknownOf(edges);
  const problems = unknown.size === 0 ? NO_PROBLEMS : await references.learn(db, by.viewer, unknown);
  const { rows, again, refused } = rowsOf(edges, references, problems, before);
  if (rows.length === 0) return { added: 0, held: 0, refused, cycles: null };
  await stageEdges(db, rows);
  const merged = await mergedOrCycles(db, by, rows);
  if ('cycles' in merged) return { added: 0, held: 0, refused, cycles: merged.cycles };
  const otherwise = merged.otherwise.map((line) => ({ line, reason: OTHERWISE }));
  const repeated = await refusedAgain(db, by, again, new Set(merged.otherwise));
  return {
    added: merged.added,
    held: rows.length + again.length - merged.added - otherwise.length - repeated.length,
    refused: [...refused, ...otherwise, ...repeated],
    cycles: null,
  };
}

/** A line whose edge stands further up in the batch, in the row that was staged for it. */
interface Repeated {
  row: CopyValue[];
  first: CopyValue[];
}

interface Rows {
  rows: CopyValue[][];
  again: Repeated[];
  refused: RefusedLine[];
}

function rowsOf(
  edges: readonly NumberedEdge[],
  references: ManyReferences,
  problems: ReadonlyMap<string, string>,
  before: ReadonlyMap<string, number>,
): Rows {
  const result: Rows = { rows: [], again: [], refused: [] };
  const seen = new Map<string, CopyValue[]>();
  for (const edge of edges) {
    const row = rowOf(edge, references, problems, before);
    if (typeof row === 'string') {
      result.refused.push({ line: edge.line, reason: row });
      continue;
    }
    const key = `${row[1]} ${row[2]} ${row[3]}`;
    const first = seen.get(key);
    if (first === undefined) {
      seen.set(key, row);
      result.rows.push(row);
    } else result.again.push({ row, first });
  }
  return result;
}

const saysTheSame = (one: readonly CopyValue[], other: readonly CopyValue[]) =>
  [4, 5, 6].every((i) => one[i] === other[i]);

/**
 * Which lines that name an edge again are refused: those that say otherwise than the first, where that one was taken,
 * and otherwise than the record, where it was refused (the lines of `otherwise`).
 */
async function refusedAgain(
  db: BulkConnection,
  by: { viewer: Principal; party: By },
  again: readonly Repeated[],
  otherwise: ReadonlySet<number>,
): Promise<RefusedLine[]> {
  const refused: RefusedLine[] = [];
  const unlikeFirst: CopyValue[][] = [];
  for (const { row, first } of again) {
    const [line, same, lost] = [row[0] as number, saysTheSame(row, first), otherwise.has(first[0] as number)];
    if (lost && same) refused.push({ line, reason: OTHERWISE });
    else if (lost) unlikeFirst.push(row);
    else if (!same) refused.push({ line, reason: `${OTHERWISE} See line ${first[0]}.` });
  }
  if (unlikeFirst.length === 0) return refused;
  const unlikeRecord = await selectSaidOtherwise(db, by.viewer, by.party, unlikeFirst);
  return [...refused, ...unlikeRecord.map((line) => ({ line, reason: OTHERWISE }))];
}

/** The staged row of an edge, or why there is none. */
function rowOf(
  edge: NumberedEdge,
  references: ManyReferences,
  problems: ReadonlyMap<string, string>,
  before: ReadonlyMap<string, number>,
): CopyValue[] | string {
  const down = references.get(edge.downstream);
  const up = references.get(edge.upstream);
  if (down === undefined) return problems.get(edge.downstream) ?? missing(edge.downstream);
  if (up === undefined) return problems.get(edge.upstream) ?? missing(edge.upstream);
  if (before.size > 0) {
    for (const ref of [edge.downstream, edge.upstream]) {
      const from = before.get(ref);
      if (from !== undefined && edge.line < from) return `"${ref}" is first recorded on line ${from}.`;
    }
  }
  const { line, kind, amount, unit } = edge;
  const problem = edgeProblem({ kind, downstream: down.id, upstream: up.id, amount }, down.kind, up.kind);
  if (problem !== null) return `${problem.message} Expected: ${problem.expected}.`;
  const at = edge.occurredAt?.toISOString() ?? null;
  const visibility =
    down.visibility === up.visibility ? up.visibility : narrowest(down.visibility, up.visibility);
  // As text, which is made once and not for each that reads it.
  return [line, kind, String(down.id), String(up.id), amount, unit, at, visibility];
}

const missing = (ref: string) => `There is no "${ref}".`;

/** Merges what is staged; where that closes cycles, nothing, and as many of their paths as are looked for. */
async function mergedOrCycles(
  db: BulkConnection,
  by: { viewer: Principal; party: By },
  rows: readonly CopyValue[][],
): Promise<Merged | { cycles: RefusedLine[] }> {
  const found: Closing[] = [];
  let past = false;
  await db.execute('savepoint whole');
  while (found.length < MOST_CYCLES) {
    await db.execute('savepoint merging');
    try {
      const merged = await mergeEdges(db, by.viewer, by.party, past);
      if (found.length === 0) {
        await db.execute('release savepoint whole');
        return merged;
      }
      break;
    } catch (error) {
      const cycle = cycleIn(error);
      const held = !past && databaseError(error)?.code === UNIQUE_VIOLATION;
      if (cycle === null && !held) throw error;
      await db.execute('rollback to savepoint merging');
      if (cycle === null) {
        past = true;
        continue;
      }
      // Those that the writer sees first: by what they do not see, none of these is told otherwise.
      const closing = found.length === 0 ? await seenClosing(db, by.viewer, rows) : [];
      if (closing.length === 0)
        for (const line of await unstageCycle(db, cycle)) closing.push({ line, path: null });
      if (closing.length === 0) throw error;
      found.push(...closing);
    }
  }
  await db.execute('rollback to savepoint whole');
  const closing = found.map(({ line, path }) => ({ line, path: path && shortened([...path, path[0]!]) }));
  const nodes = closing.flatMap(({ path }) => path ?? []).filter((id) => id !== null);
  const names = await selectNamesOf(db, by.viewer, nodes);
  const refOf = (id: bigint | null) => {
    if (id === null) return '…';
    const node = names.get(id)!;
    return formatNodeRef({ ...node, name: node.name ?? '' });
  };
  const cycles = closing.map(({ line, path }) => {
    const by = path === null ? 'a path that cannot be told' : `this path: ${path.map(refOf).join(' → ')}`;
    return { line, reason: `${ITSELF}, by ${by}.` };
  });
  return { cycles: cycles.sort((a, b) => a.line - b.line) };
}

/** A path to be told in words, with a null for the middle of one that is too long for them. */
function shortened(path: readonly bigint[]): (bigint | null)[] {
  if (path.length <= 2 * TOLD_AT_ENDS) return [...path];
  return [...path.slice(0, TOLD_AT_ENDS), null, ...path.slice(-TOLD_AT_ENDS)];
}

/** A line that closes a cycle, and the nodes of it that the viewer sees, from the line's own; null where they see none. */
interface Closing {
  line: number;
  path: bigint[] | null;
}

/** The staged lines that close cycles with what the viewer sees, which are staged no more. */
async function seenClosing(
  db: BulkConnection,
  viewer: Principal,
  rows: readonly CopyValue[][],
): Promise<Closing[]> {
  const edges = rows.map((row) => ({ downstream: BigInt(row[2]!), upstream: BigInt(row[3]!) }));
  const source = {
    closure: (...[roots, way, kinds, most]: Parameters<LineageSource['closure']>) =>
      selectClosure(db.tx, viewer, roots, way, kinds, null, most),
    edgesFrom: (...[from, way, kinds]: Parameters<LineageSource['edgesFrom']>) =>
      selectEdgesFrom(db.tx, viewer, from, way, kinds, null),
  };
  const cycles = await closedCycles(source, edges, MOST_CYCLES);
  const closing = cycles.flatMap(({ closedBy, nodes }) =>
    closedBy.map((i) => ({
      line: rows[i]![0] as number,
      path: fromNode(nodes, edges[i]!.downstream),
    })),
  );
  await unstageLines(
    db,
    closing.map(({ line }) => line),
  );
  return closing;
}

function fromNode(cycle: readonly bigint[], id: bigint): bigint[] {
  const at = Math.max(0, cycle.indexOf(id));
  return [...cycle.slice(at), ...cycle.slice(0, at)];
}
