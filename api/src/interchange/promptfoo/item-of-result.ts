// Which test a result is of. promptfoo numbers a repetition as a further test, so its number does not tell.

import { digestOfJson } from '../formats/input-digest.ts';
import type { JsonObject } from '../inspect/inspect-log.ts';
import type { JsonValue } from '../inspect/json-value.ts';
import { asText, isObject, member } from '../inspect/plain-values.ts';
import { bounded, digestOf, sha256 } from '../plan-values.ts';
import type { ResultTree } from './result-tree.ts';

const LONGEST_TITLE = 80;
/** What was said before in a conversation is another each time the test is run. */
const OF_THE_RUN = new Set(['_conversation']);

/**
 * A digest of the test's variables and of what it asserts, whoever judges that; null where the file does not hold them, as
 * where promptfoo was told to strip them.
 */
export function testOf(tree: ResultTree): string | null {
  const test = member(tree.result, 'testCase');
  const vars = varsOf(tree.result, test);
  if (vars === null || !isWhole(tree)) return null;
  return digestOf({ vars: withoutRun(vars), asserts: assertsOf(member(test, 'assert')) }).slice(0, 12);
}

/** What promptfoo writes in place of a prompt that it was told to leave out, as the tree keeps it. */
const STRIPPED = sha256(JSON.stringify('[prompt stripped]'));

/**
 * A digest of the test's variables and of the prompt as it was sent. Two files may give one name to two prompts, and the
 * id that promptfoo gives a prompt is made of its name where it has one. Where a prompt goes on with what was said before,
 * the variables alone tell. Null where the file does not hold all of that.
 */
export function givenOf(tree: ResultTree): string | null {
  const { result } = tree;
  const vars = varsOf(result, member(result, 'testCase'));
  const prompt = asText(member(member(result, 'prompt'), 'raw'));
  if (vars === null || !isWhole(tree)) return null;
  const given = withoutRun(vars);
  if (Object.keys(given).length < Object.keys(vars).length)
    return digestOfJson('variables', { vars: given, prompt: null });
  return prompt === null || prompt === STRIPPED ? null : digestOfJson('variables', { vars: given, prompt });
}

const withoutRun = (vars: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(vars).filter(([name]) => !OF_THE_RUN.has(name)));

/** The name of the test with its digest; null where that is not known. */
export function itemOf(tree: ResultTree): string | null {
  const { result } = tree;
  const test = member(result, 'testCase');
  const digest = testOf(tree);
  if (digest === null) return null;
  const title = asText(member(test, 'description')) ?? asText(member(result, 'description')) ?? '';
  return `${bounded(title, LONGEST_TITLE) || 'test'} ~${digest}`;
}

function varsOf(result: JsonObject, test: JsonValue | undefined): JsonObject | null {
  const own = member(test, 'vars');
  if (isObject(own)) return own;
  const stated = member(result, 'vars');
  return isObject(stated) && Object.keys(stated).length > 0 ? stated : null;
}

function isWhole({ tooLargeAt, isCut }: ResultTree): boolean {
  return !isCut && !tooLargeAt.some((field) => /^(?:vars|testCase\.(?:vars|assert))(?:\.|$)/.test(field));
}

/** Without who judges, or under which name the score is kept. */
function assertsOf(asserts: JsonValue | undefined): JsonValue[] {
  return (Array.isArray(asserts) ? asserts : []).map((one) => ({
    type: member(one, 'type') ?? null,
    value: member(one, 'value') ?? null,
    threshold: member(one, 'threshold') ?? null,
    assert: assertsOf(member(one, 'assert')),
  }));
}
