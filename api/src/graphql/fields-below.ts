import {
  type FieldNode,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  GraphQLSkipDirective,
  getDirectiveValues,
  isInterfaceType,
  Kind,
  type SelectionSetNode,
} from 'graphql';

/** Where a field stands in the document that is being answered. */
type Answering = Pick<GraphQLResolveInfo, 'schema' | 'fragments' | 'variableValues'>;

/** What is selected of objects of a type below these nodes, by the name of the field: whatever a directive leaves out is not. */
export function fieldsBelow(
  type: GraphQLObjectType,
  nodes: readonly FieldNode[],
  info: Answering,
): Map<string, FieldNode[]> {
  const found = new Map<string, FieldNode[]>();
  for (const { selectionSet } of nodes)
    if (selectionSet !== undefined) collect(type, selectionSet, info, found);
  return found;
}

function collect(
  type: GraphQLObjectType,
  set: SelectionSetNode,
  info: Answering,
  found: Map<string, FieldNode[]>,
): void {
  for (const selection of set.selections) {
    if (
      getDirectiveValues(GraphQLSkipDirective, selection, info.variableValues)?.if === true ||
      getDirectiveValues(GraphQLIncludeDirective, selection, info.variableValues)?.if === false
    )
      continue;
    if (selection.kind === Kind.FIELD) {
      const nodes = found.get(selection.name.value);
      if (nodes === undefined) found.set(selection.name.value, [selection]);
      else nodes.push(selection);
      continue;
    }
    const spread = selection.kind === Kind.INLINE_FRAGMENT ? selection : info.fragments[selection.name.value];
    if (spread === undefined) continue;
    const condition = spread.typeCondition?.name.value;
    if (condition === undefined || isOf(type, condition, info))
      collect(type, spread.selectionSet, info, found);
  }
}

function isOf(type: GraphQLObjectType, name: string, { schema }: Answering): boolean {
  if (type.name === name) return true;
  const condition = schema.getType(name);
  return isInterfaceType(condition) && type.getInterfaces().includes(condition);
}
