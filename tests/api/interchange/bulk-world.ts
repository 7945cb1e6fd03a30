// Files of many lines, brought in by somebody and waited for.
import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Principal } from '../../../api/src/access/viewer.ts';
import { bulkLayout } from '../../../api/src/interchange/bulk/bulk-format.ts';
import { BulkImports } from '../../../api/src/interchange/bulk/bulk-imports.ts';
import type { ImportRow } from '../../../api/src/interchange/import.ts';
import { importById } from '../../../api/src/interchange/read-imports.ts';
import { requestContext } from '../../../api/src/request-context.ts';
import type { TestApi } from '../../testkit/api.ts';

export const jsonLines = (lines: readonly object[]) =>
  lines.map((line) => `${JSON.stringify(line)}\n`).join('');

export interface Brought {
  id: bigint;
  alreadyImported: boolean;
  row: ImportRow;
  /** Of the lines refused: their numbers and reasons. */
  refused: [line: string, reason: string][];
}

export interface BulkWorld {
  imports: BulkImports;
  bring(
    by: Principal,
    content: string,
    more?: { name?: string; visibility?: 'TEAM' | 'PUBLIC' },
  ): Promise<Brought>;
}

/** `batch`: how many lines are taken together. */
export async function bulkWorld(api: TestApi, batch = 1_000): Promise<BulkWorld> {
  const folder = join(api.services.dataFolder, 'imports');
  await mkdir(folder, { recursive: true });
  const imports = new BulkImports(api.services, { batch });
  return {
    imports,
    async bring(by, content, more = {}) {
      const path = join(folder, randomUUID());
      await writeFile(path, content);
      const layout = await bulkLayout(path);
      if (layout === null) throw new Error('The file is none of many lines.');
      const { name = 'lines', visibility = null } = more;
      const begun = await imports.take(requestContext(api.services, by), { path, name, layout, visibility });
      await imports.idle();
      const row = await requestContext(api.services, by).load(importById, begun.id);
      if (row === null) throw new Error('Whoever brought the file in cannot see the import.');
      const refused = (row.report?.leftOut ?? []).map(({ field, reason }): [string, string] => [
        field,
        reason,
      ]);
      return { ...begun, row, refused };
    },
  };
}
