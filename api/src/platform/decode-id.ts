import type { GlobalIds, GlobalType } from './global-id.ts';
import { type InputPath, InputRefusal } from './refusal.ts';

/** The internal id behind a global id of one of `types`; an InputRefusal where it is none. */
export function decodeGlobalId<T extends GlobalType>(
  ids: GlobalIds,
  id: string,
  types: readonly T[],
  path: InputPath,
): { type: T; id: bigint } {
  const decoded = ids.decode(id);
  if (decoded === null || !(types as readonly GlobalType[]).includes(decoded.type)) {
    const wanted = `id of a ${types.join(' or ')}`;
    throw new InputRefusal(path, `"${id.slice(0, 64)}" is not the ${wanted}.`, wanted);
  }
  return decoded as { type: T; id: bigint };
}
