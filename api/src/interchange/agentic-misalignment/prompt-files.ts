// The prompts of a tree of results: prompts/{condition}/*.txt, beside the models that were given them.
import { createHash } from 'node:crypto';
import { digestOfJson } from '../formats/input-digest.ts';
import type { ZipMember, ZipMembers } from '../inspect/zip-members.ts';

const PROMPT = /^(?:(.*)\/)?prompts\/([^/]+)\/([^/]+\.txt)$/s;

export class PromptFiles {
  /** By the folder of the experiment and the condition. */
  readonly #files = new Map<string, Map<string, ZipMember>>();

  /** Takes the member where it is a prompt. */
  add(member: ZipMember): void {
    const [, root = '', condition, file] = PROMPT.exec(member.name) ?? [];
    if (condition === undefined || file === undefined) return;
    const key = keyOf(root, condition);
    this.#files.set(key, (this.#files.get(key) ?? new Map<string, ZipMember>()).set(file, member));
  }

  /** A digest of what was put to the models under each condition, by `promptsOf`. */
  async digests(zip: ZipMembers): Promise<Map<string, string>> {
    const found = new Map<string, string>();
    for (const [key, files] of this.#files) {
      const texts: Record<string, string> = {};
      for (const [file, member] of files) {
        const hash = createHash('sha256');
        await zip.read(member, (chunk) => hash.update(chunk));
        texts[file] = hash.digest('hex');
      }
      found.set(key, digestOfJson('prompt-files', texts));
    }
    return found;
  }
}

/** What a response in these folders was given, among the digests; undefined where its path does not tell. */
export function promptsOf(
  digests: ReadonlyMap<string, string>,
  folders: readonly string[],
): string | undefined {
  const at = folders.lastIndexOf('models');
  const condition = folders[at + 2];
  return at < 0 || condition === undefined
    ? undefined
    : digests.get(keyOf(folders.slice(0, at).join('/'), condition));
}

const keyOf = (root: string, condition: string) => JSON.stringify([root, condition]);
