// Who judged one result, and whether they gave a verdict.
import type { JsonObject } from '../inspect/inspect-log.ts';
import type { JsonValue } from '../inspect/json-value.ts';
import { asNumber, asText, isObject, member } from '../inspect/plain-values.ts';
import { digestOf } from '../plan-values.ts';
import type { GraderKind } from '../planned.ts';
import { baseType, kindOfType, purposeOf } from './assertion-kinds.ts';
import { PartsByMetric } from './parts-by-metric.ts';

export interface Judge {
  /** Equal where all of the rest is. */
  key: string;
  type: string;
  kind: GraderKind;
  /** Of the model that is asked; null where none is, or it is not stated: promptfoo's default depends on credentials. */
  provider: string | null;
  /** The prompt that a model is given; null where promptfoo's own is taken. */
  rubric: { digest: string; text: string | null } | null;
}

/** One assertion, as far as it says who judged what. */
interface Part {
  judge: Judge;
  /** Named scores that it counts for; a name may be a template. */
  metrics: readonly string[];
  /** Whether it counts for more than those. */
  decides: boolean;
  /** Whether its score has a weight in that of the whole. */
  weighs: boolean;
  /** Null where it was not run, or does not say. */
  passed: boolean | null;
  /** Whether the grader failed: promptfoo then states a failure with a score of 0. */
  broken: boolean;
}

export interface Grading {
  judges: readonly Judge[];
  /** Those of a named score; empty where it is not told by whom it is. */
  ofMetric(name: string): readonly Judge[];
  /** Which values are no verdict, since a grader failed. */
  isBroken: { success: boolean; score: boolean; metric(name: string): boolean };
}

const LONGEST_TYPE = 100;
const LONGEST_NAME = 200;

export function gradingOf(result: JsonObject): Grading {
  const test = member(result, 'testCase');
  const options = member(test, 'options');
  const asserts = list(member(test, 'assert'));
  const asked = asserts.flatMap((one) => partsOfAssertion(one, options, []));
  const run = partsOfComponents(componentsOf(result), asserts, options, []);
  // What was run may say more than what was asked for, and what was not run is told by that alone.
  const parts = [...run, ...asked];
  const byMetric = new PartsByMetric(parts);
  const judges = parts.filter(({ decides }) => decides).map(({ judge }) => judge);
  if (member(test, 'assertScoringFunction') !== undefined) judges.push(ofProgram('assertScoringFunction'));
  return {
    judges,
    ofMetric: (name) => byMetric.named(name).map(({ judge }) => judge),
    isBroken: brokenOf(result, run),
  };
}

function brokenOf(result: JsonObject, run: readonly Part[]): Grading['isBroken'] {
  const broken = run.filter((part) => part.broken);
  // A person has the last word, whatever a grader said.
  const byPerson = run.some(({ judge }) => judge.kind === 'HUMAN');
  const decisive = broken.filter(({ decides }) => decides && !byPerson);
  const byMetric = new PartsByMetric(broken);
  return {
    success:
      member(result, 'success') === false &&
      decisive.some(({ passed }) => passed !== true) &&
      !isRefusedAnyway(result, run),
    score: decisive.some(({ weighs }) => weighs),
    // Of more templates than are told apart any may be that of the name: then it has no verdict for certain.
    metric: (name) => byMetric.hasTooManyTemplates || byMetric.named(name).length > 0,
  };
}

/** Whether another assertion alone refused it, which it does where each must pass. */
function isRefusedAnyway(result: JsonObject, run: readonly Part[]): boolean {
  const test = member(result, 'testCase');
  const asserts = list(member(test, 'assert'));
  const eachMustPass =
    asserts.length > 0 &&
    asserts.every((one) => member(one, 'type') !== 'assert-set') &&
    asNumber(member(test, 'threshold')) === null &&
    member(test, 'assertScoringFunction') === undefined;
  return eachMustPass && run.some(({ broken, passed, decides }) => decides && !broken && passed === false);
}

function componentsOf(result: JsonObject): JsonValue[] {
  const grading = member(result, 'gradingResult');
  const components = list(member(grading, 'componentResults'));
  if (components.length > 0 || !isObject(grading)) return components;
  return isObject(member(grading, 'assertion')) ? [grading] : [];
}

function partsOfComponents(
  components: readonly JsonValue[],
  asserts: readonly JsonValue[],
  options: JsonValue | undefined,
  inherited: readonly string[],
): Part[] {
  const asked = askedFor(components, asserts);
  return components.flatMap((component, i) => {
    const stated = member(component, 'assertion');
    const assertion = isObject(stated) ? stated : asked.get(i);
    const below = list(member(component, 'componentResults'));
    if (member(assertion, 'type') === 'assert-set')
      return partsOfComponents(below, list(member(assertion, 'assert')), options, [
        ...inherited,
        ...metricsOf(assertion),
      ]);
    if (assertion !== undefined) return partsOfComponent(component, assertion, options, inherited);
    const set = member(member(component, 'metadata'), 'assertionSet');
    if (below.length > 0 || set !== undefined)
      return partsOfComponents(below, [], options, [...inherited, ...metricsOf(set)]);
    // Each that was asked for is told already: what remains are parts of those, told a second time.
    return asked.size > 0 ? [] : [unstated(component, inherited)];
  });
}

/**
 * The assertion that was asked for, by the place of what it came to: a program states none in its result. They stand in
 * one order, but that what an assertion is made of follows it, and that what compares several answers comes last.
 */
function askedFor(
  components: readonly JsonValue[],
  asserts: readonly JsonValue[],
): ReadonlyMap<number, JsonValue> {
  const found = new Map<number, JsonValue>();
  let at = 0;
  for (const assertion of asserts) {
    const type = member(assertion, 'type');
    if (typeof type !== 'string' || type.startsWith('select-') || type === 'max-score') continue;
    if (at >= components.length) break;
    const stated = member(member(components[at], 'assertion'), 'type');
    // They are not in step: then nothing is known.
    if (stated !== undefined && stated !== type) return new Map();
    found.set(at, assertion);
    at += 1 + list(member(components[at], 'componentResults')).length;
  }
  return found;
}

function partsOfComponent(
  component: JsonValue,
  assertion: JsonValue,
  options: JsonValue | undefined,
  inherited: readonly string[],
): Part[] {
  const named = member(component, 'namedScores');
  const metrics = isObject(named) ? [...inherited, ...Object.keys(named)] : inherited;
  return partsOfAssertion(assertion, options, metrics).map((part) => ({
    ...part,
    ...verdictOf(component),
  }));
}

function verdictOf(component: JsonValue): Pick<Part, 'passed' | 'broken'> {
  const passed = member(component, 'pass');
  return { passed: typeof passed === 'boolean' ? passed : null, broken: isBroken(component) };
}

/** Of what a program made of several, each says it of itself. */
function isBroken(component: JsonValue): boolean {
  return (
    member(member(component, 'metadata'), 'graderError') === true ||
    list(member(component, 'componentResults')).some(isBroken)
  );
}

function partsOfAssertion(
  assertion: JsonValue,
  options: JsonValue | undefined,
  inherited: readonly string[],
): Part[] {
  const metrics = [...inherited, ...metricsOf(assertion)];
  const stated = asText(member(assertion, 'type'), LONGEST_TYPE);
  if (stated === null) return [];
  if (stated === 'assert-set')
    return list(member(assertion, 'assert')).flatMap((one) => partsOfAssertion(one, options, metrics));
  const decides = member(assertion, 'metricOnly') !== true;
  const judge = judgeOf(baseType(stated), assertion, options);
  const weighs = decides && member(assertion, 'weight') !== 0;
  return [{ judge, metrics, decides, weighs, passed: null, broken: false }];
}

/** What the file does not say by what it was judged. */
const unstated = (component: JsonValue, metrics: readonly string[]): Part => ({
  judge: ofProgram('not stated'),
  metrics,
  decides: true,
  weighs: true,
  ...verdictOf(component),
});

function metricsOf(stated: JsonValue | undefined): string[] {
  const metric = asText(member(stated, 'metric'), LONGEST_NAME);
  return metric === null ? [] : [metric];
}

function judgeOf(type: string, assertion: JsonValue, options: JsonValue | undefined): Judge {
  const kind = kindOfType(type);
  if (kind !== 'MODEL' && kind !== 'CLASSIFIER') return judgeBy(type, kind);
  const purpose = purposeOf(type, kind);
  const own = providerOf(member(assertion, 'provider'), purpose);
  const provider = own ?? providerOf(member(options, 'provider'), purpose);
  if (kind === 'CLASSIFIER') return judgeBy(type, kind, provider);
  const rubric = rubricOf(member(assertion, 'rubricPrompt')) ?? rubricOf(member(options, 'rubricPrompt'));
  return judgeBy(type, kind, provider, rubric);
}

function judgeBy(
  type: string,
  kind: GraderKind,
  provider: string | null = null,
  rubric: Judge['rubric'] = null,
): Judge {
  const key = JSON.stringify([type, provider, rubric?.digest ?? null]);
  return { key, type, kind, provider, rubric };
}

/** What may do anything, or of which nothing is said. */
const ofProgram = (type: string): Judge => judgeBy(type, 'UNKNOWN');

function providerOf(stated: JsonValue | undefined, purpose: string): string | null {
  const named = (one: JsonValue | undefined) =>
    asText(one, LONGEST_NAME) ?? asText(member(one, 'id'), LONGEST_NAME);
  return named(stated) ?? named(member(stated, purpose));
}

function rubricOf(stated: JsonValue | undefined): Judge['rubric'] {
  if (stated === undefined || stated === null || stated === '') return null;
  return { digest: digestOf(stated).slice(0, 12), text: typeof stated === 'string' ? stated : null };
}

const list = (value: JsonValue | undefined): JsonValue[] => (Array.isArray(value) ? value : []);
