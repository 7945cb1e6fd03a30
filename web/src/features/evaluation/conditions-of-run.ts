interface Described {
  id: string;
  name: string;
  description?: string | null;
  factors?: unknown;
}

interface Run {
  measurements: readonly { condition?: { name: string } | null }[];
  scores: readonly { condition?: { name: string } | null }[];
  sampleConditions: readonly { condition: string }[];
  evaluationVersion: { conditions: readonly Described[] };
}

/**
 * The conditions that something of a run stands under, be it a measurement, a score or a sample: first those that its
 * evaluation version describes, in that order, then those of which only the name is known.
 */
export function conditionsOfRun(run: Run): Described[] {
  const used = new Set([
    ...[...run.measurements, ...run.scores].flatMap(({ condition }) => (condition ? [condition.name] : [])),
    ...run.sampleConditions.map(({ condition }) => condition),
  ]);
  const described = run.evaluationVersion.conditions.filter(({ name }) => used.has(name));
  for (const { name } of described) used.delete(name);
  return [...described, ...[...used].sort().map((name) => ({ id: name, name }))];
}
