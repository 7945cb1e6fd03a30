import { type GraphQLError, visit } from 'graphql';

/**
 * Says which argument cannot take its value, and which variables left it without one, such as a null where the place
 * has a default. In words of ours: graphql-js prints the value as it was written, a password or a text of any length
 * among it.
 */
export function wrongArgument(
  error: GraphQLError,
  variables: Readonly<Record<string, unknown>>,
): { argument: string[]; message: string } {
  const name = /^Argument "(\w+)"/.exec(error.message)?.[1];
  const absent = new Set<string>();
  for (const node of error.nodes ?? [])
    visit(node, {
      Variable: ({ name: { value } }) => {
        if (variables[value] == null) absent.add(`$${value}`);
      },
    });
  const which = name === undefined ? 'An argument' : `The argument ${name}`;
  const why = absent.size === 0 ? '' : ` ${[...absent].join(', ')} may not be null there.`;
  return { argument: name === undefined ? [] : [name], message: `${which} cannot take its value.${why}` };
}
