import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionSetNode,
  visit,
} from 'graphql';

/** Thrown where a document, or what it asks about, holds something that only the ordinary path knows. */
export class LeftToTheOrdinaryPath extends Error {}

export type Variables = Readonly<Record<string, unknown>>;

/** A field as it is answered: fragments spread out, and the same name in several places made one. */
export interface Selected {
  /** Its name in the answer. */
  key: string;
  name: string;
  /** Its arguments with their defaults; throws what graphql-js would. */
  args(variables: Variables): Record<string, unknown>;
  /** What is asked of its value; null where that is no object. */
  below: { type: GraphQLCompositeType; fields: Selected[] } | null;
}

/** More fields than these are no hot operation. */
const MOST_FIELDS = 200;

/** What a validated document selects of a type, in the order of the answer. Leaves directives and narrower types to others. */
export class Selection {
  readonly #schema: GraphQLSchema;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  #fields = 0;

  constructor(schema: GraphQLSchema, fragments: ReadonlyMap<string, FragmentDefinitionNode>) {
    this.#schema = schema;
    this.#fragments = fragments;
  }

  of(type: GraphQLCompositeType, sets: readonly SelectionSetNode[]): Selected[] {
    const byKey = new Map<string, FieldNode[]>();
    for (const set of sets) this.#collect(type, set, byKey);
    return [...byKey].map(([key, nodes]) => this.#selected(type, key, nodes));
  }

  #collect(type: GraphQLCompositeType, set: SelectionSetNode, byKey: Map<string, FieldNode[]>): void {
    for (const selection of set.selections) {
      if (selection.directives !== undefined && selection.directives.length > 0)
        throw new LeftToTheOrdinaryPath('directives');
      if (selection.kind === Kind.FIELD) {
        this.#fields += 1;
        if (this.#fields > MOST_FIELDS) throw new LeftToTheOrdinaryPath('many fields');
        const key = selection.alias?.value ?? selection.name.value;
        const nodes = byKey.get(key);
        if (nodes === undefined) byKey.set(key, [selection]);
        else nodes.push(selection);
        continue;
      }
      const spread =
        selection.kind === Kind.INLINE_FRAGMENT ? selection : this.#fragments.get(selection.name.value);
      if (spread === undefined) throw new LeftToTheOrdinaryPath('an unknown fragment');
      if (spread.directives !== undefined && spread.directives.length > 0)
        throw new LeftToTheOrdinaryPath('directives');
      const condition = spread.typeCondition?.name.value;
      if (condition !== undefined && !this.#covers(condition, type))
        throw new LeftToTheOrdinaryPath('a fragment of a narrower type');
      this.#collect(type, spread.selectionSet, byKey);
    }
  }

  /** Whether whatever is of `type` is of the type of this name too. */
  #covers(name: string, type: GraphQLCompositeType): boolean {
    if (name === type.name) return true;
    const condition = this.#schema.getType(name);
    return (
      isInterfaceType(condition) &&
      (isObjectType(type) || isInterfaceType(type)) &&
      type.getInterfaces().includes(condition)
    );
  }

  #selected(type: GraphQLCompositeType, key: string, nodes: readonly FieldNode[]): Selected {
    const [first] = nodes as [FieldNode];
    const name = first.name.value;
    if (name === '__typename') return { key, name, args: () => ({}), below: null };
    const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
    if (field === undefined) throw new LeftToTheOrdinaryPath(`the field ${name}`);
    const sets = nodes.flatMap((node) => node.selectionSet ?? []);
    const of = getNamedType(field.type);
    const below = isCompositeType(of) && sets.length > 0 ? { type: of, fields: this.of(of, sets) } : null;
    const args = usesVariables(first)
      ? (variables: Variables) => getArgumentValues(field, first, variables)
      : constant(getArgumentValues(field, first));
    return { key, name, args, below };
  }
}

const constant = (value: Record<string, unknown>) => () => value;

function usesVariables(field: FieldNode): boolean {
  let found = false;
  for (const argument of field.arguments ?? [])
    visit(argument, {
      Variable: () => {
        found = true;
      },
    });
  return found;
}
