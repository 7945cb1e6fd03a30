// Who judged one result, and whether they gave a verdict.
import type { JsonObject } from '../inspect/inspect-log.ts';
import type { JsonValue } from '../inspect/json-value.ts';
import { asNumber, asText, isObject, member } from '../inspect/plain-values.ts';
import { digestOf } from '../plan-values.ts';
import type { GraderKind } from '../planned.ts';
import { baseType, kindOfType, purposeOf } from './assertion-kinds.ts';

export interface Judge {
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
  const asked = list(member(test, 'assert')).flatMap((one) => partsOfAssertion(one, options, []));
  const run = componentsOf(result).flatMap((one) => partsOfComponent(one, options, []));
  // What was run says it itself, but not of which set it is in every version.
  const parts = run.length === 0 ? asked : [...run, ...asked.filter(({ metrics }) => metrics.length > 0)];
  const judges = parts.filter(({ decides }) => decides).map(({ judge }) => judge);
  if (member(test, 'assertScoringFunction') !== undefined) judges.push(ofProgram('assertScoringFunction'));
  return {
    judges,
    ofMetric: (name) => named(parts, name).map(({ judge }) => judge),
    isBroken: brokenOf(result, run),
  };
}

function brokenOf(result: JsonObject, run: readonly Part[]): Grading['isBroken'] {
  const broken = run.filter((part) => part.broken);
  // A person has the last word, whatever a grader said.
  const byPerson = run.some(({ judge }) => judge.kind === 'HUMAN');
  const decisive = broken.filter(({ decides }) => decides && !byPerson);
  return {
    success:
      member(result, 'success') === false &&
      decisive.some(({ passed }) => passed !== true) &&
      !isRefusedAnyway(result, run),
    score: decisive.some(({ weighs }) => weighs),
    metric: (name) => named(broken, name).length > 0,
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

function partsOfComponent(
  component: JsonValue,
  options: JsonValue | undefined,
  inherited: readonly string[],
): Part[] {
  const assertion = member(component, 'assertion');
  const metadata = member(component, 'metadata');
  if (!isObject(assertion)) {
    const set = asText(member(member(metadata, 'assertionSet'), 'metric'), LONGEST_NAME);
    const metrics = set === null ? inherited : [...inherited, set];
    return list(member(component, 'componentResults')).flatMap((one) =>
      partsOfComponent(one, options, metrics),
    );
  }
  const passed = member(component, 'pass');
  const stated = member(component, 'namedScores');
  return partsOfAssertion(assertion, options, [
    ...inherited,
    ...(isObject(stated) ? Object.keys(stated) : []),
  ]).map((part) => ({
    ...part,
    passed: typeof passed === 'boolean' ? passed : null,
    broken: isBroken(component),
  }));
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
  const metric = asText(member(assertion, 'metric'), LONGEST_NAME);
  const metrics = metric === null ? inherited : [...inherited, metric];
  const stated = asText(member(assertion, 'type'), LONGEST_TYPE);
  if (stated === null) return [];
  if (stated === 'assert-set')
    return list(member(assertion, 'assert')).flatMap((one) => partsOfAssertion(one, options, metrics));
  const decides = member(assertion, 'metricOnly') !== true;
  return [
    {
      judge: judgeOf(baseType(stated), assertion, options),
      metrics,
      decides,
      weighs: decides && member(assertion, 'weight') !== 0,
      passed: null,
      broken: false,
    },
  ];
}

function judgeOf(type: string, assertion: JsonValue, options: JsonValue | undefined): Judge {
  const kind = kindOfType(type);
  if (kind !== 'MODEL' && kind !== 'CLASSIFIER') return { type, kind, provider: null, rubric: null };
  const purpose = purposeOf(type, kind);
  return {
    type,
    kind,
    provider:
      providerOf(member(assertion, 'provider'), purpose) ?? providerOf(member(options, 'provider'), purpose),
    rubric:
      kind === 'MODEL'
        ? (rubricOf(member(assertion, 'rubricPrompt')) ?? rubricOf(member(options, 'rubricPrompt')))
        : null,
  };
}

const ofProgram = (type: string): Judge => ({ type, kind: 'UNKNOWN', provider: null, rubric: null });

function providerOf(stated: JsonValue | undefined, purpose: string): string | null {
  const named = (one: JsonValue | undefined) =>
    asText(one, LONGEST_NAME) ?? asText(member(one, 'id'), LONGEST_NAME);
  return named(stated) ?? named(member(stated, purpose));
}

function rubricOf(stated: JsonValue | undefined): Judge['rubric'] {
  if (stated === undefined || stated === null || stated === '') return null;
  return { digest: digestOf(stated).slice(0, 12), text: typeof stated === 'string' ? stated : null };
}

function named(parts: readonly Part[], name: string): Part[] {
  const exactly = parts.filter(({ metrics }) => metrics.includes(name));
  return exactly.length > 0
    ? exactly
    : parts.filter(({ metrics }) => metrics.some((metric) => isMadeOf(metric, name)));
}

/** Whether a name may come of a template: by how both begin and end, for its variables are the test's. */
function isMadeOf(template: string, name: string): boolean {
  const [from, to] = [template.indexOf('{{'), template.lastIndexOf('}}')];
  if (from < 0 || to < from) return false;
  const [before, after] = [template.slice(0, from), template.slice(to + 2)];
  return name.length >= before.length + after.length && name.startsWith(before) && name.endsWith(after);
}

const list = (value: JsonValue | undefined): JsonValue[] => (Array.isArray(value) ? value : []);
