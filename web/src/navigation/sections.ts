import { paths } from './paths.ts';

/** The main places, in the order in which the story reads: from the behaviour back to the data. */
export const SECTIONS = [
  { label: 'Incidents', href: paths.incidents() },
  { label: 'Evaluations', href: paths.evaluations() },
  { label: 'Models', href: paths.models() },
  { label: 'Datasets', href: paths.datasets() },
  { label: 'Sources', href: paths.sources() },
] as const;
