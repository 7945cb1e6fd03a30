import { readFileSync } from 'node:fs';
import {
  buildSchema,
  coerceInputValue,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  isScalarType,
} from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { compositionProblems, type DraftComposition } from '../../../api/src/lineage/composition-input.ts';
import { parseNodeRef } from '../../../api/src/lineage/node-ref.ts';
import { STORIES } from '../../../prisma/seed/stories/stories.ts';
import { labelsIn, MADE, type Step, withIds } from '../../../prisma/seed/story.ts';

const sdl = readFileSync(new URL('../../../api/schema.graphql', import.meta.url), 'utf8');
const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

function stricter(schema: GraphQLSchema): GraphQLSchema {
  const check = (name: string, fits: (value: unknown) => boolean) => {
    const type = schema.getType(name);
    if (!isScalarType(type)) throw new Error(`The schema has no scalar ${name}.`);
    type.parseValue = (value) => {
      if (!fits(value)) throw new Error(`${JSON.stringify(value)} is no ${name}`);
      return value;
    };
  };
  check('BigInt', (value) => typeof value === 'string' && /^\d{1,19}$/.test(value));
  check('DateTime', (value) => typeof value === 'string' && RFC3339.test(value));
  check('NodeRef', (value) => typeof value === 'string' && !('problem' in parseNodeRef(value)));
  return schema;
}

const steps: { story: string; index: number; step: Step }[] = STORIES.flatMap((story) =>
  story.steps.map((step, index) => ({ story: story.name, index, step })),
);
const where = ({ story, index, step }: (typeof steps)[number]) => `${story} ${index + 1} (${step.mutation})`;

/** Calls `visit` for every value of the input that has a type of this name, with the type. */
function visitTyped(
  type: GraphQLInputType,
  value: unknown,
  visit: (typeName: string, value: unknown) => void,
): void {
  if (value === null || value === undefined) return;
  const nullable = getNullableType(type);
  if (isListType(nullable)) {
    for (const item of value as unknown[]) visitTyped(nullable.ofType, item, visit);
    return;
  }
  visit(getNamedType(nullable).name, value);
  if (!isInputObjectType(nullable)) return;
  for (const [name, field] of Object.entries(nullable.getFields())) {
    visitTyped(field.type, (value as Record<string, unknown>)[name], visit);
  }
}

/** What a step registers, as later steps refer to it. */
function registered({ mutation, input, key }: Step): string[] {
  const run = (value: unknown) =>
    value === undefined ? [] : [`training-run:${(value as { name: string }).name}`];
  switch (mutation) {
    case 'registerSource':
      return [`source:${String(input.name)}`];
    case 'registerDatasetVersion':
      return [`dataset:${String(input.dataset)}@${String(input.version)}`];
    case 'registerModelVersion':
      return [`model:${String(input.model)}@${String(input.version)}`, ...run(input.trainedBy)];
    case 'recordTrainingRun':
      return run(input.trainingRun);
    case 'recordEvalRun':
      return [`eval-run:${String(input.name)}`];
    case 'fileIncident':
      return [`incident:${key}`];
    default:
      return [];
  }
}

/** Fields that hold a published figure, and are nothing without saying where it stands. */
const FIGURES: Record<string, readonly string[]> = {
  RegisterDatasetVersionInput: ['documents', 'rows', 'bytes', 'tokens'],
  RegisterModelVersionInput: ['trainedTokens', 'trainedBy'],
  RecordTrainingRunInput: ['trainingRun'],
  CompositionInput: ['inputs', 'total'],
  MeasurementInput: ['rate', 'exhibited', 'sampleCount'],
  RecordReportedResultInput: ['statement'],
  AssertClaimInput: ['number', 'text', 'time'],
  RecordContentMeasurementInput: ['fraction'],
  AddHypothesisEvidenceInput: ['statement'],
  AssessHypothesisInput: ['confidence'],
  RecordInterventionInput: ['description'],
};

describe('the example data', () => {
  let schema: GraphQLSchema;
  let inputOf: (step: Step) => GraphQLInputType;
  beforeAll(() => {
    schema = stricter(buildSchema(sdl));
    inputOf = (step) =>
      schema
        .getMutationType()!
        .getFields()
        [step.mutation]!.args.find((arg) => arg.name === 'input')!.type;
  });

  it('fits the schema of the API, field by field', () => {
    const problems: string[] = [];
    for (const at of steps) {
      const ids = new Map(labelsIn(at.step.input).map((label) => [label, 'an-id']));
      const input = withIds(at.step.input, ids);
      coerceInputValue(input, inputOf(at.step), (path, _value, error) => {
        problems.push(`${where(at)} ${path.join('.')}: ${error.message}`);
      });
    }
    expect(problems).toEqual([]);
  });

  it('asks each mutation for a thing that its success has', () => {
    for (const [mutation, field] of Object.entries(MADE)) {
      const success = schema.getType(`${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Success`);
      expect(success, mutation).toBeDefined();
      expect(
        'getFields' in success! && !isInputObjectType(success) ? Object.keys(success.getFields()) : [],
        mutation,
      ).toContain(field);
    }
  });

  it('labels a step before another refers to it, and no two steps of a story alike', () => {
    for (const story of STORIES) {
      const known = new Set<string>();
      for (const [index, step] of story.steps.entries()) {
        for (const label of labelsIn(step.input)) {
          expect(known.has(label), `${story.name} ${index + 1}: $(${label})`).toBe(true);
        }
        if (step.as === undefined) continue;
        expect(known.has(step.as), `${story.name}: ${step.as} twice`).toBe(false);
        known.add(step.as);
      }
    }
  });

  it('refers only to what an earlier step registered, and registers nothing twice', () => {
    const known = new Set<string>();
    for (const at of steps) {
      visitTyped(inputOf(at.step), at.step.input, (type, value) => {
        if (type === 'NodeRef') expect(known.has(String(value)), `${where(at)}: ${String(value)}`).toBe(true);
      });
      for (const ref of registered(at.step)) {
        expect(known.has(ref), `${where(at)}: ${ref} twice`).toBe(false);
        known.add(ref);
      }
    }
  });

  it('says of every figure and every judgement where it stands and how sure it is', () => {
    const bare: string[] = [];
    let cited = 0;
    for (const at of steps) {
      visitTyped(inputOf(at.step), at.step.input, (type, value) => {
        const holder = value as Record<string, unknown>;
        if (!(FIGURES[type] ?? []).some((name) => holder[name] !== undefined)) return;
        if (holder.citation === undefined) bare.push(`${where(at)}: ${type}`);
        else cited += 1;
      });
    }
    expect(bare).toEqual([]);
    expect(cited).toBeGreaterThan(150);
  });

  it('says of every derived figure how it was derived', () => {
    for (const at of steps) {
      visitTyped(inputOf(at.step), at.step.input, (type, value) => {
        const citation = value as { certainty?: string; note?: string; locator?: string };
        if (type === 'CitationInput' && citation.certainty === 'DERIVED') {
          expect(citation.note ?? citation.locator, where(at)).toBeTruthy();
        }
      });
    }
  });

  it('has compositions that add up', () => {
    for (const at of steps) {
      visitTyped(inputOf(at.step), at.step.input, (type, value) => {
        if (type !== 'CompositionInput') return;
        const given = value as Partial<DraftComposition> & Pick<DraftComposition, 'unit' | 'inputs'>;
        const draft: DraftComposition = {
          unit: given.unit,
          basis: given.basis ?? 'CONTRIBUTED',
          total: given.total ?? null,
          complete: given.complete ?? false,
          inputs: given.inputs.map((input) => ({
            of: input.of,
            amount: input.amount ?? null,
            epochs: input.epochs ?? null,
          })),
        };
        expect(compositionProblems(draft), where(at)).toEqual([]);
      });
    }
  });

  it('has measurements whose counts add up', () => {
    for (const at of steps) {
      visitTyped(inputOf(at.step), at.step.input, (type, value) => {
        if (type !== 'MeasurementInput') return;
        const m = value as { exhibited?: number; notExhibited?: number; sampleCount?: number; rate?: number };
        if (m.exhibited === undefined) expect(m.rate, where(at)).toBeGreaterThanOrEqual(0);
        else expect(m.exhibited + m.notExhibited!, where(at)).toBe(m.sampleCount);
      });
    }
  });

  it('gives each incident a key of its own, and the flagship the one that everybody knows', () => {
    const keys = steps.filter(({ step }) => step.mutation === 'fileIncident').map(({ step }) => step.key);
    expect(keys.sort()).toEqual(['MBI-2023-0001', 'MBI-2025-0001', 'MBI-2026-0001']);
  });
});

describe('labels', () => {
  it('are replaced wherever they stand, and only where they are the whole text', () => {
    const ids = new Map([['a', 'id-of-a']]);
    expect(withIds({ x: ['$(a)', 'not $(a)'], n: 1, none: null }, ids)).toEqual({
      x: ['id-of-a', 'not $(a)'],
      n: 1,
      none: null,
    });
  });

  it('that nobody has set are refused by name', () => {
    expect(() => withIds(['$(b)'], new Map())).toThrow('"b"');
  });
});
