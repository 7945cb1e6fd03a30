// What references mean to one writer, remembered so that no batch asks again: the one used longest ago goes first.
import type { NodeKind } from '../kinds.ts';
import type { VisibilityWord } from '../node.ts';

export interface KnownNode {
  id: bigint;
  kind: NodeKind;
  visibility: VisibilityWord;
  digest: string | null;
  teamId: bigint;
}

/** References at most; about 250 bytes each. */
const MOST = 400_000;

export class ReferenceCache {
  private readonly most: number;
  private readonly byRef = new Map<string, KnownNode>();
  private readonly refsOf = new Map<bigint, string[]>();

  constructor(most = MOST) {
    this.most = most;
  }

  get size(): number {
    return this.byRef.size;
  }

  get(ref: string): KnownNode | undefined {
    return this.byRef.get(ref);
  }

  set(ref: string, node: KnownNode): void {
    this.drop(ref);
    this.byRef.set(ref, node);
    const refs = this.refsOf.get(node.id);
    if (refs === undefined) this.refsOf.set(node.id, [ref]);
    else refs.push(ref);
  }

  /** Marks these as used, where any may soon have to go; call it once a batch, not once a line. */
  touch(refs: Iterable<string>): void {
    if (this.byRef.size < this.most / 2) return;
    for (const ref of refs) {
      const node = this.byRef.get(ref);
      if (node === undefined) continue;
      this.byRef.delete(ref);
      this.byRef.set(ref, node);
    }
  }

  /** Lets go of what is more than may be kept. */
  trim(): void {
    for (const ref of this.byRef.keys()) {
      if (this.byRef.size <= this.most) return;
      this.drop(ref);
    }
  }

  /** Forgets everything that leads to these nodes. */
  forget(ids: readonly bigint[]): void {
    for (const id of ids) {
      for (const ref of this.refsOf.get(id) ?? []) this.byRef.delete(ref);
      this.refsOf.delete(id);
    }
  }

  clear(): void {
    this.byRef.clear();
    this.refsOf.clear();
  }

  private drop(ref: string): void {
    const held = this.byRef.get(ref);
    if (held === undefined) return;
    this.byRef.delete(ref);
    const left = (this.refsOf.get(held.id) ?? []).filter((other) => other !== ref);
    if (left.length === 0) this.refsOf.delete(held.id);
    else this.refsOf.set(held.id, left);
  }
}
