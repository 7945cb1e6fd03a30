import type { Viewer } from '../access/viewer.ts';
import type { Db, Tx } from '../platform/database.ts';
import { type InputPath, NotFoundRefusal } from '../platform/refusal.ts';
import { type NamedFound, type NamedTable, selectLikeNamed, selectNamed } from './catalogue.store.ts';

type Reader = Pick<Db | Tx, '$queryRaw'>;

/** What names mean to a viewer: their own teams' things first, then the common ones, then `namespace/name`. */
export async function findNamed(
  db: Reader,
  viewer: Viewer,
  table: NamedTable,
  names: readonly string[],
): Promise<Map<string, NamedFound>> {
  if (names.length === 0) return new Map();
  const rows = await selectNamed(db, viewer, table, [...new Set(names)]);
  const found = new Map<string, NamedFound>();
  for (const name of names) {
    const row =
      rows.find((r) => r.name === name && r.own && r.namespace !== '') ??
      rows.find((r) => r.name === name && r.namespace === '') ??
      rows.find((r) => r.namespace !== '' && `${r.namespace}/${r.name}` === name);
    if (row !== undefined) found.set(name, row);
  }
  return found;
}

/** The same, where each must be found: else a NotFoundRefusal at its place, with names that are like it. */
export async function requireNamed(
  db: Reader,
  viewer: Viewer,
  table: NamedTable,
  asked: readonly { name: string; path: InputPath }[],
): Promise<NamedFound[]> {
  const found = await findNamed(
    db,
    viewer,
    table,
    asked.map((a) => a.name),
  );
  const rows: NamedFound[] = [];
  for (const { name, path } of asked) {
    const row = found.get(name);
    if (row === undefined) {
      const candidates = await selectLikeNamed(db, viewer, table, name);
      const hint = candidates.length > 0 ? ` Did you mean ${candidates.join(', ')}?` : '';
      throw new NotFoundRefusal(path, `There is no ${WORD[table]} "${name}".${hint}`, name, candidates);
    }
    rows.push(row);
  }
  return rows;
}

const WORD: Readonly<Record<NamedTable, string>> = {
  behavior: 'behaviour',
  evaluation: 'evaluation',
  grader: 'grader',
  standard: 'standard',
};
