// What of a run's settings the versions of its graders tell already, so that it is no setting beside them.
import type { Json } from '../platform/json.ts';
import { canonical, type JsonObject, object } from './said-settings.ts';

/** Scorers that compare text with the target, and ask no model. */
export const STRING_MATCHERS: ReadonlySet<string> = new Set([
  'match',
  'includes',
  'exact',
  'pattern',
  'answer',
  'f1',
  'choice',
  'math',
]);

/** What a role, or an argument of the task, is called where it may say who grades. */
const OF_A_GRADER = /grader|judge|scorer/;
export const mayGrade = (name: string): boolean => OF_A_GRADER.test(name);

/**
 * Of what may say who grades: whether the graders tell it. One of them must have it for its model, its role or a
 * parameter, and none of the others may be asking a model of which nothing is said: that one might be meant as well.
 */
export function toldByGraders(said: Json): {
  role(name: string): boolean;
  argument(name: string, value: Json): boolean;
} {
  const graders = Array.isArray(said) ? said.map(object) : [];
  const tell = (states: (grader: JsonObject) => boolean) =>
    graders.some(states) && graders.every((grader) => states(grader) || asksNobodyElse(grader));
  return {
    role: (name) =>
      tell(
        ({ role, modelFrom, params }) =>
          role === name || (modelFrom === 'role' && object(params).model_role === name),
      ),
    argument(name, value) {
      const wanted = canonical(value);
      const same = (one: Json | undefined) => one !== undefined && canonical(one) === wanted;
      // A number or a truth value may stand for anything under another name.
      const anywhere = typeof value === 'string';
      return tell(({ model, params }) => {
        const given = object(params);
        return same(model) || same(given[name]) || (anywhere && Object.values(given).some(same));
      });
    },
  };
}

function asksNobodyElse({ scorer, model }: JsonObject): boolean {
  const name = typeof scorer === 'string' ? scorer.slice(scorer.lastIndexOf('/') + 1) : '';
  return model != null || STRING_MATCHERS.has(name);
}
