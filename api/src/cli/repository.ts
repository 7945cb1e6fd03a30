import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StartRefusal } from '../platform/data-folder-refusal.ts';

/** The checkout that this command runs from. */
export const REPOSITORY = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '');
export const WEB = join(REPOSITORY, 'web');

/** The script behind a package's command, so that it runs under this very Node, without a shell or npm between. */
export function programOf(packageName: string, command = packageName, from = WEB): string {
  for (let folder = from; ; folder = dirname(folder)) {
    const home = join(folder, 'node_modules', packageName);
    if (existsSync(join(home, 'package.json'))) {
      const { bin } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as {
        bin: string | Record<string, string>;
      };
      const script = typeof bin === 'string' ? bin : bin[command];
      if (script) return join(home, script);
    }
    if (folder === dirname(folder)) {
      throw new StartRefusal(`The package ${packageName} is not installed; run npm ci.`);
    }
  }
}
