import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filesToImport } from './files-to-import.ts';

describe('what the import command is to send', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'headwater-folder-'));
    const deep = join(folder, 'exp/models/lab/calm_none_none/sample_001');
    await mkdir(deep, { recursive: true });
    await writeFile(join(deep, 'response.json'), '{}');
    await writeFile(join(folder, 'b.json'), '{}');
    await writeFile(join(folder, 'a.json'), '{}');
    await writeFile(join(folder, '.hidden'), '');
    await symlink(join(folder, 'a.json'), join(folder, 'c.json'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('is every file of a folder in the order of names, without hidden files and links', async () => {
    const found = await filesToImport([folder]);
    expect(found.map((file) => file.path.slice(folder.length + 1))).toEqual([
      'a.json',
      'b.json',
      'exp/models/lab/calm_none_none/sample_001/response.json',
    ]);
  });

  it('is sent with the innermost folders, where some formats put their facts, and no more of the path', async () => {
    const [, , response] = await filesToImport([folder]);
    expect(response).toMatchObject({
      sentAs: 'exp/models/lab/calm_none_none/sample_001/response.json',
      inFolder: true,
    });
  });

  it('tells what is not there, and goes on', async () => {
    const found = await filesToImport([join(folder, 'none.json'), join(folder, 'a.json')]);
    expect(found).toMatchObject([{ problem: 'there is no such file' }, { inFolder: false }]);
  });
});
