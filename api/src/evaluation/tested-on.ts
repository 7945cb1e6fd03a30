// Whether the items of two runs come from the same dataset versions, as far as both say.

/** A dataset version that a run was tested on. */
export interface TestedOn {
  id: bigint;
  name: string;
  /** Null where no fixed one is stated: it is then not known which it was. */
  version: string | null;
  /** The subset or split that was used; null where that is not recorded. */
  part: string | null;
}

/**
 * What differs, and what cannot be told. Nothing is said where one run names none. The same name with and without the
 * organisation before it may be one dataset, which moved; two other names are two datasets.
 */
export function compareTestedOn(
  one: readonly TestedOn[],
  two: readonly TestedOn[],
): { differences: string[]; unknowns: string[] } {
  const differences: string[] = [];
  const unknowns: string[] = [];
  if (one.length === 0 || two.length === 0) return { differences, unknowns };
  const left = new Set(two);
  const onlyInOne: TestedOn[] = [];
  for (const a of one) {
    const b =
      [...left].find(({ id }) => id === a.id) ?? [...left].find(({ name }) => bare(name) === bare(a.name));
    if (b === undefined) {
      onlyInOne.push(a);
      continue;
    }
    left.delete(b);
    const said = `${label(a)} against ${label(b)}`;
    if (a.id === b.id) {
      if (a.part !== null && b.part !== null && a.part !== b.part)
        differences.push(`tested part of ${label(a)}: ${a.part} against ${b.part}`);
    } else if (a.version === null || b.version === null || a.version === b.version)
      unknowns.push(`tested dataset: ${said}, of which it is not recorded whether they are the same`);
    else differences.push(`tested dataset: ${said}`);
  }
  const alone = [...onlyInOne, ...left];
  if (alone.length === 0) return { differences, unknowns };
  // Of several, one may be seen by fewer people than the other, or named by one file alone.
  if (onlyInOne.length < one.length) unknowns.push(`tested dataset: ${labels(alone)} in one of them alone`);
  else differences.push(`tested dataset: ${labels(one)} against ${labels(two)}`);
  return { differences, unknowns };
}

const bare = (name: string) => name.slice(name.lastIndexOf('/') + 1).toLowerCase();
const label = ({ name, version }: TestedOn) => (version === null ? name : `${name}@${version}`);
const labels = (all: readonly TestedOn[]) => all.map(label).join(', ');
