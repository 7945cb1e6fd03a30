import { VARIABLES } from './limits.ts';

/** Why variables are refused; null where they are not. Walks them without recursion, as far as they are allowed. */
export function scanVariables(variables: unknown): string | null {
  let values = 0;
  const open: { value: unknown; depth: number }[] = [{ value: variables, depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, depth } = next;
    values += 1;
    if (values > VARIABLES.values)
      return `Variables may hold ${VARIABLES.values.toLocaleString('en')} values at most.`;
    if (typeof value === 'string' && value.includes('\u0000'))
      return 'A string may not hold the character U+0000.';
    if (typeof value !== 'object' || value === null) continue;
    if (depth >= VARIABLES.depth) return `Variables may be nested ${VARIABLES.depth} deep at most.`;
    const members = Array.isArray(value) ? value : Object.values(value);
    if (members.length > VARIABLES.list)
      return `A list may have ${VARIABLES.list.toLocaleString('en')} items at most.`;
    if (!Array.isArray(value) && Object.keys(value).some((key) => key.includes('\u0000')))
      return 'A name may not hold the character U+0000.';
    for (const member of members) open.push({ value: member, depth: depth + 1 });
  }
  return null;
}
