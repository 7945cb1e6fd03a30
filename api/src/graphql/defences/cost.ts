import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  GraphQLIncludeDirective,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getArgumentValues,
  getDirectiveValues,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionNode,
  type SelectionSetNode,
  TypeMetaFieldDef,
} from 'graphql';
import { DEFAULT_PAGE } from '../../platform/page.ts';
import {
  COUNT_WEIGHT,
  FIELD_WEIGHTS,
  INTROSPECTION_SHARE,
  LIST_SIZES,
  LISTS_BY_LIMIT,
  LISTS_OF_PAGE,
  lineageLimit,
  MUTATION_WEIGHT,
  SEARCH_WEIGHT,
  UNNAMED_LIST,
  type Weighed,
} from './cost-weights.ts';
import { LIST_ITEMS } from './limits.ts';

export interface Measured {
  /** Rows that the operation could ask for, by the weights. */
  cost: number;
  /** Fields within fields, fragments spread out. */
  depth: number;
  /** Whether it asks for the schema. */
  introspects: boolean;
  /** An argument with too long a list; null where there is none. */
  longList: string | null;
}

type Variables = Readonly<Record<string, unknown>>;

/**
 * Measures a validated operation with its coerced variables. A bound and no estimate where arguments say how many
 * rows; plain lists count as LIST_SIZES says, and their true size is counted while the operation runs.
 */
export function measure(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  variables: Variables,
): Measured {
  const root = schema.getRootType(operation.operation);
  if (!root) return { cost: 0, depth: 0, introspects: false, longList: null };
  const walk = new Walk(schema, fragments, variables);
  walk.into(operation.selectionSet, root, { rows: 1, page: null, share: 1, depth: 1, above: null });
  return { ...walk.measured, cost: Math.ceil(walk.measured.cost) };
}

/**
 * Where the walk stands: how often this selection is answered, the size that the lists of a page below have, and the
 * type of what the thing was asked of.
 */
interface Standing {
  rows: number;
  page: number | null;
  share: number;
  depth: number;
  above: string | null;
}

class Walk {
  readonly measured: Measured = { cost: 0, depth: 0, introspects: false, longList: null };
  readonly #schema: GraphQLSchema;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #variables: Variables;

  constructor(
    schema: GraphQLSchema,
    fragments: ReadonlyMap<string, FragmentDefinitionNode>,
    variables: Variables,
  ) {
    this.#schema = schema;
    this.#fragments = fragments;
    this.#variables = variables;
  }

  into(selections: SelectionSetNode, parent: GraphQLCompositeType, at: Standing): void {
    for (const selection of selections.selections) {
      if (this.#leftOut(selection)) continue;
      if (selection.kind === Kind.FIELD) this.#field(selection, parent, at);
      else if (selection.kind === Kind.INLINE_FRAGMENT)
        this.into(selection.selectionSet, this.#typeNamed(selection.typeCondition?.name.value) ?? parent, at);
      else {
        const fragment = this.#fragments.get(selection.name.value);
        if (fragment)
          this.into(fragment.selectionSet, this.#typeNamed(fragment.typeCondition.name.value) ?? parent, at);
      }
    }
  }

  #field(node: FieldNode, parent: GraphQLCompositeType, at: Standing): void {
    this.measured.depth = Math.max(this.measured.depth, at.depth);
    const field = this.#definition(node.name.value, parent);
    if (field === undefined) return;
    const introspects = node.name.value === '__schema' || node.name.value === '__type';
    if (introspects) this.measured.introspects = true;
    const share = introspects ? INTROSPECTION_SHARE : at.share;
    const args = getArgumentValues(field, node, this.#variables) as Record<string, unknown>;
    const values = this.#checkLists(args, node.name.value);
    this.measured.cost += share * at.rows * ownWeight(parent, field.name, args, at.above, values);
    const type = getNamedType(field.type);
    if (!isCompositeType(type) || !node.selectionSet) return;
    const size = isListType(getNullableType(field.type)) ? listSize(parent, field.name, args, at.page) : 1;
    const rows = at.rows * size;
    this.measured.cost += share * rows;
    const page = pageOf(type.name, args);
    const before = this.measured.cost;
    this.into(node.selectionSet, type, { rows, page, share, depth: at.depth + 1, above: parent.name });
    // Worked out whole, whatever is selected of it.
    if (type.name === 'LineageGraph')
      this.measured.cost = Math.max(this.measured.cost, before + share * rows * lineageLimit(args));
  }

  #definition(name: string, parent: GraphQLCompositeType): GraphQLField<unknown, unknown> | undefined {
    if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
    if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
    return isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
  }

  #typeNamed(name: string | undefined): GraphQLCompositeType | undefined {
    const type = name === undefined ? undefined : this.#schema.getType(name);
    return isCompositeType(type) ? type : undefined;
  }

  #leftOut(selection: SelectionNode): boolean {
    const skip = getDirectiveValues(GraphQLSkipDirective, selection, this.#variables);
    const include = getDirectiveValues(GraphQLIncludeDirective, selection, this.#variables);
    return skip?.if === true || include?.if === false;
  }

  /** Notes a list that is too long, and tells how many values there are in it all. */
  #checkLists(value: unknown, name: string): number {
    if (typeof value !== 'object' || value === null) return 1;
    if (Array.isArray(value) && value.length > LIST_ITEMS) this.measured.longList = name;
    let values = 0;
    for (const [key, member] of Object.entries(value))
      values += this.#checkLists(member, Array.isArray(value) ? name : key);
    return values;
  }
}

function ownWeight(
  parent: GraphQLCompositeType,
  field: string,
  args: Record<string, unknown>,
  above: string | null,
  values: number,
): number {
  const declared = declaredWeight(parent, field);
  const own = typeof declared === 'function' ? declared(args, above) : declared;
  if (parent.name === 'Mutation') return (own ?? MUTATION_WEIGHT) + values;
  const searching = args.search == null ? 0 : SEARCH_WEIGHT;
  return (own ?? (field === 'totalCount' ? COUNT_WEIGHT : 0)) + searching;
}

function declaredWeight(parent: GraphQLCompositeType, field: string): number | Weighed | undefined {
  const declared = FIELD_WEIGHTS[`${parent.name}.${field}`];
  if (declared !== undefined || !isObjectType(parent)) return declared;
  for (const type of parent.getInterfaces()) {
    const inherited = FIELD_WEIGHTS[`${type.name}.${field}`];
    if (inherited !== undefined) return inherited;
  }
  return undefined;
}

/** How many elements the lists of a connection or lineage below have; null where its type is neither. */
function pageOf(type: string, args: Record<string, unknown>): number | null {
  if (LISTS_BY_LIMIT[type] !== undefined) return lineageLimit(args);
  if (!type.endsWith('Connection')) return null;
  const asked = args.first ?? args.last;
  return Math.max(1, typeof asked === 'number' ? asked : DEFAULT_PAGE);
}

function listSize(
  parent: GraphQLCompositeType,
  field: string,
  args: Record<string, unknown>,
  page: number | null,
): number {
  if (page !== null) {
    const times = (LISTS_BY_LIMIT[parent.name] ?? LISTS_OF_PAGE)[field];
    if (times !== undefined) return page * times;
  }
  if (Array.isArray(args.ids)) return Math.max(1, args.ids.length);
  if (typeof args.first === 'number') return Math.max(1, args.first);
  return LIST_SIZES[`${parent.name}.${field}`] ?? LIST_SIZES[field] ?? UNNAMED_LIST;
}
