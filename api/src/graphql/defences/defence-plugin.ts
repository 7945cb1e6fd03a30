import type { ApolloServerPlugin, GraphQLRequestContextDidResolveOperation, HeaderMap } from '@apollo/server';
import {
  type FragmentDefinitionNode,
  GraphQLError,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql';
import type { Context } from '../../context.ts';
import { budgetHeaders } from '../../platform/budget.ts';
import { inSeconds } from '../../platform/seconds.ts';
import { type Measured, measure } from './cost.ts';
import { DEPTH } from './limits.ts';
import { beginReading } from './still-asked.ts';
import { wrongArgument } from './wrong-argument.ts';

/** Weighs each operation after it was validated and before anything of it runs. */
export const defencePlugin: ApolloServerPlugin<Context> = {
  async requestDidStart({ contextValue }) {
    const { allowance } = contextValue;
    return {
      async validationDidStart() {
        return async (errors) => {
          if (allowance?.tellsSchema === false) errors?.forEach(withoutSuggestion);
        };
      },
      async didResolveOperation(request) {
        if (request.operation) weigh(request, request.operation);
      },
    };
  },
};

function withoutSuggestion(error: Error): void {
  error.message = error.message.replace(/ ?Did you mean [\s\S]*?\?(?= |$)/g, '');
}

function weigh(
  asked: GraphQLRequestContextDidResolveOperation<Context>,
  operation: OperationDefinitionNode,
): void {
  const { allowance } = asked.contextValue;
  if (allowance === null) return;
  if (!asked.schema.getRootType(operation.operation))
    throw refusal(400, 'GRAPHQL_VALIDATION_FAILED', `There is no ${operation.operation} here.`);
  const coerced = getVariableValues(
    asked.schema,
    operation.variableDefinitions ?? [],
    asked.request.variables ?? {},
    { maxErrors: 5 },
  );
  if (coerced.errors) throw wrongVariables(coerced.errors, allowance.tellsSchema);
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of asked.document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  const { cost, depth, introspects, longList } = measured(asked, operation, fragments, coerced.coerced);
  if (introspects && !allowance.tellsSchema)
    throw refusal(
      400,
      'GRAPHQL_VALIDATION_FAILED',
      'Send a token to read the schema: it is not told to the anonymous.',
    );
  if (depth > DEPTH)
    throw refusal(
      400,
      'GRAPHQL_VALIDATION_FAILED',
      `Fields may be nested ${DEPTH} deep at most; these are ${depth}.`,
    );
  if (longList !== null) throw refusal(400, 'BAD_USER_INPUT', `The list ${longList} is too long.`);
  const limit = allowance.costLimit;
  setHeaders(asked.response.http.headers, {
    'headwater-cost': String(cost),
    'headwater-cost-limit': String(limit),
  });
  if (cost > limit) {
    const message = `The operation could ask for ${cost.toLocaleString('en')} rows; ${limit.toLocaleString('en')} is the limit. Ask for fewer at once.`;
    throw refusal(400, 'COST_EXCEEDED', message, { cost, limit });
  }
  const spent = allowance.spend(cost);
  setHeaders(asked.response.http.headers, budgetHeaders(spent));
  if (!spent.granted) {
    const seconds = spent.retryAfterSeconds;
    const message = `Too much was asked for within a short time: wait ${inSeconds(seconds)}.`;
    throw refusal(429, 'RATE_LIMITED', message, { retryAfterSeconds: seconds });
  }
  if (operation.operation === OperationTypeNode.QUERY) beginReading(allowance);
}

/** What the operation costs. A value that an argument cannot take is met here first, before anything runs. */
function measured(
  { schema }: GraphQLRequestContextDidResolveOperation<Context>,
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  variables: Readonly<Record<string, unknown>>,
): Measured {
  try {
    return measure(schema, operation, fragments, variables);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const { message, argument } = wrongArgument(error, variables);
    throw refusal(400, 'BAD_USER_INPUT', message, { argument });
  }
}

function wrongVariables(errors: readonly GraphQLError[], tellsSchema: boolean): GraphQLError {
  const [first] = errors;
  if (first === undefined) return refusal(400, 'BAD_USER_INPUT', 'The variables are wrong.');
  if (!tellsSchema) withoutSuggestion(first);
  return new GraphQLError(first.message, {
    ...(first.nodes ? { nodes: first.nodes } : {}),
    extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
  });
}

function refusal(status: number, code: string, message: string, more: object = {}): GraphQLError {
  return new GraphQLError(message, { extensions: { code, ...more, http: { status } } });
}

function setHeaders(headers: HeaderMap, more: Record<string, string>): void {
  for (const [name, value] of Object.entries(more)) headers.set(name, value);
}
