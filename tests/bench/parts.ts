/** One benchmark: what it is asked for so that its figures count, run by run, and small, for its answers alone. */
export interface Part {
  script: string;
  asked: readonly (readonly string[])[];
  small: readonly string[];
}

/** In the order in which they run; what needs most of the machine's memory comes last. */
export const PARTS = {
  http: {
    script: 'http/run.ts',
    asked: [['--edges', '1000000', '--postgraphile']],
    small: ['--edges', '20000', '--clients', '4', '--seconds', '0.3', '--rounds', '1'],
  },
  writes: {
    script: 'writes/run.ts',
    asked: [[]],
    small: ['--clients', '4', '--seconds', '0.3', '--rounds', '1'],
  },
  bulk: {
    script: 'bulk/run.ts',
    asked: [
      ['--rows', '100000', '--edges', '400000'],
      ['--rows', '240000', '--edges', '800000'],
    ],
    small: ['--rows', '2000', '--edges', '20000', '--batch', '1000'],
  },
  import: { script: 'import/run.ts', asked: [['--mebibytes', '256']], small: ['--mebibytes', '4'] },
  handles: {
    script: 'handles/run.ts',
    asked: [['--handles', '1000000']],
    small: ['--handles', '2000', '--batch', '1000', '--rounds', '5'],
  },
  hostile: {
    script: 'hostile.ts',
    asked: [[]],
    small: ['--count', '60', '--seconds', '4', '--rate', '60'],
  },
  picture: {
    script: 'picture/run.ts',
    asked: [['--nodes', '5000']],
    small: ['--nodes', '400', '--seconds', '1'],
  },
  lineage: {
    script: 'lineage/run.ts',
    asked: [
      ['--edges', '100000'],
      ['--edges', '1000000'],
      ['--edges', '10000000', '--rounds', '30'],
    ],
    small: ['--edges', '20000', '--rounds', '30'],
  },
} satisfies Record<string, Part>;

export type PartName = keyof typeof PARTS;
export const PART_NAMES = Object.keys(PARTS) as PartName[];

/** The parts of a list such as `lineage,bulk`; all where there is none, and null where one of them is none. */
export function partsNamed(list: string | undefined): PartName[] | null {
  if (list === undefined) return PART_NAMES;
  const wanted = list.split(',').map((name) => name.trim());
  return wanted.every((name): name is PartName => name in PARTS)
    ? PART_NAMES.filter((name) => wanted.includes(name))
    : null;
}
