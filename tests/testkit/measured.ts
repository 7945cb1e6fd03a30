import {
  type FragmentDefinitionNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  parse,
} from 'graphql';
import { type Measured, measure } from '../../api/src/graphql/defences/cost.ts';

/** The one operation of a document; null where it has only fragments. */
function parsed(text: string) {
  const fragments = new Map<string, FragmentDefinitionNode>();
  let operation: OperationDefinitionNode | null = null;
  for (const found of parse(text).definitions)
    if (found.kind === Kind.FRAGMENT_DEFINITION) fragments.set(found.name.value, found);
    else if (found.kind === Kind.OPERATION_DEFINITION) operation ??= found;
  return { operation, fragments };
}

/** What the cost rule says of a document, with the variables that `sent` makes for its operation. */
export function measured(
  schema: GraphQLSchema,
  text: string,
  sent: (operation: OperationDefinitionNode) => Readonly<Record<string, unknown>> = () => ({}),
): (Measured & { name: string }) | null {
  const { operation, fragments } = parsed(text);
  if (operation === null) return null;
  const name = operation.name?.value ?? '';
  return { name, ...measure(schema, operation, fragments, sent(operation)) };
}
