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
  EDGES_A_NODE,
  FIELD_WEIGHTS,
  INTROSPECTION_SHARE,
  LIST_SIZES,
  MUTATION_WEIGHT,
  UNNAMED_LIST,
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
  walk.into(operation.selectionSet, root, { rows: 1, page: null, share: 1, depth: 1 });
  return { ...walk.measured, cost: Math.ceil(walk.measured.cost) };
}

/** Where the walk stands: how often this selection is answered, and the size that `nodes` and `edges` below have. */
interface Standing {
  rows: number;
  page: number | null;
  share: number;
  depth: number;
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
    this.#checkLists(args, node.name.value);
    this.measured.cost += share * at.rows * ownWeight(parent, field.name);
    const type = getNamedType(field.type);
    if (!isCompositeType(type) || !node.selectionSet) return;
    const size = isListType(getNullableType(field.type)) ? listSize(parent, field.name, args, at.page) : 1;
    const rows = at.rows * size;
    this.measured.cost += share * rows;
    this.into(node.selectionSet, type, { rows, page: pageOf(type.name, args), share, depth: at.depth + 1 });
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

  #checkLists(value: unknown, name: string): void {
    if (typeof value !== 'object' || value === null) return;
    if (Array.isArray(value) && value.length > LIST_ITEMS) this.measured.longList = name;
    for (const [key, member] of Object.entries(value))
      this.#checkLists(member, Array.isArray(value) ? name : key);
  }
}

function ownWeight(parent: GraphQLCompositeType, field: string): number {
  const declared = FIELD_WEIGHTS[`${parent.name}.${field}`];
  if (declared !== undefined) return declared;
  if (isObjectType(parent)) {
    for (const type of parent.getInterfaces()) {
      const inherited = FIELD_WEIGHTS[`${type.name}.${field}`];
      if (inherited !== undefined) return inherited;
    }
  }
  if (parent.name === 'Mutation') return MUTATION_WEIGHT;
  return field === 'totalCount' ? COUNT_WEIGHT : 0;
}

/** How many elements the lists of a connection or lineage below have; null where its type is neither. */
function pageOf(type: string, args: Record<string, unknown>): number | null {
  const asked = type === 'LineageGraph' ? args.limit : (args.first ?? args.last);
  if (type !== 'LineageGraph' && !type.endsWith('Connection')) return null;
  return Math.max(1, typeof asked === 'number' ? asked : DEFAULT_PAGE);
}

function listSize(
  parent: GraphQLCompositeType,
  field: string,
  args: Record<string, unknown>,
  page: number | null,
): number {
  if (page !== null && (field === 'nodes' || field === 'edges'))
    return parent.name === 'LineageGraph' && field === 'edges' ? page * EDGES_A_NODE : page;
  if (Array.isArray(args.ids)) return Math.max(1, args.ids.length);
  if (typeof args.first === 'number') return Math.max(1, args.first);
  return LIST_SIZES[`${parent.name}.${field}`] ?? LIST_SIZES[field] ?? UNNAMED_LIST;
}
