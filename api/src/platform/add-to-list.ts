/** Adds to the list of a key, in place: a new list for each addition would cost the square of them. */
export function addToList<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const known = lists.get(key);
  if (known === undefined) lists.set(key, [value]);
  else known.push(value);
}
