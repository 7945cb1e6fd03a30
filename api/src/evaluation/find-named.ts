import type { Viewer } from '../access/viewer.ts';
import type { Db, Tx } from '../platform/database.ts';
import { type InputPath, NotFoundRefusal } from '../platform/refusal.ts';
import { type NamedFound, type NamedTable, selectLikeNamed, selectNamed } from './catalogue.store.ts';

type Reader = Pick<Db | Tx, '$queryRaw'>;

/**
 * What names mean to a viewer: their own teams' things first, then the common ones, then `namespace/name`. Of two of
 * their teams, the one whose namespace comes first.
 */
export async function findNamed(
  db: Reader,
  viewer: Viewer,
  table: NamedTable,
  names: readonly string[],
): Promise<Map<string, NamedFound>> {
  const found = await meant(db, viewer, table, names);
  return new Map([...found].flatMap(([name, [first]]) => (first === undefined ? [] : [[name, first]])));
}

/**
 * The same, where each must be found: else a NotFoundRefusal at its place, with names that are like it. One that means
 * a thing of each of two own teams is refused too: what is recorded must not rest on the order of the alphabet.
 */
export async function requireNamed(
  db: Reader,
  viewer: Viewer,
  table: NamedTable,
  asked: readonly { name: string; path: InputPath }[],
): Promise<NamedFound[]> {
  const found = await meant(
    db,
    viewer,
    table,
    asked.map((a) => a.name),
  );
  const rows: NamedFound[] = [];
  for (const { name, path } of asked) {
    const [row, ...others] = found.get(name) ?? [];
    if (row === undefined) {
      const candidates = await selectLikeNamed(db, viewer, table, name);
      const hint = candidates.length > 0 ? ` Did you mean ${candidates.join(', ')}?` : '';
      throw new NotFoundRefusal(path, `There is no ${WORD[table]} "${name}".${hint}`, name, candidates);
    }
    if (others.length > 0)
      throw new NotFoundRefusal(
        path,
        `"${name}" could mean several things; write the team's namespace before the name.`,
        name,
        [row, ...others].map((one) => `${one.namespace}/${one.name}`),
      );
    rows.push(row);
  }
  return rows;
}

/** Of each name, all that it means equally well; they differ in nothing but the own team whose they are. */
async function meant(
  db: Reader,
  viewer: Viewer,
  table: NamedTable,
  names: readonly string[],
): Promise<Map<string, NamedFound[]>> {
  if (names.length === 0) return new Map();
  const rows = await selectNamed(db, viewer, table, [...new Set(names)]);
  const steps: ((row: NamedFound, name: string) => boolean)[] = [
    (row, name) => row.name === name && row.own && row.namespace !== '',
    (row, name) => row.name === name && row.namespace === '',
    (row, name) => row.namespace !== '' && `${row.namespace}/${row.name}` === name,
  ];
  const first = (name: string) =>
    steps.map((step) => rows.filter((row) => step(row, name))).find((found) => found.length > 0);
  return new Map(names.map((name) => [name, first(name) ?? []]));
}

const WORD: Readonly<Record<NamedTable, string>> = {
  behavior: 'behaviour',
  evaluation: 'evaluation',
  grader: 'grader',
  standard: 'standard',
  scoring_rule: 'scoring rule',
};
