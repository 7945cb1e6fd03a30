import {
  type FragmentDefinitionNode,
  type GraphQLSchema,
  isLeafType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  typeFromAST,
  validate,
} from 'graphql';
import type { Measured } from '../defences/cost.ts';
import { DOCUMENT } from '../defences/limits.ts';
import { incidentsShape } from './incidents-plan.ts';
import { lineageShape } from './lineage-plan.ts';
import type { Plan, Shape } from './plan.ts';
import { Selection } from './selected.ts';

/** Shapes of operations that are answered without the ordinary path, by the field of Query that they ask for. */
const SHAPES: Readonly<Record<string, Shape>> = { lineageNode: lineageShape, incidents: incidentsShape };

/** Documents that are remembered, of which each was asked for again. */
const MOST = 500;
/** Longer texts are not looked at. */
const LONGEST = 5_000;

export interface HotDocument {
  operation: OperationDefinitionNode;
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** The name of the one field of Query. */
  field: string;
  /** Its name in the answer. */
  key: string;
  plan: Plan;
  /** Whether it costs the same whatever its variables hold, and then what, once it was measured. */
  weighsAlike: boolean;
  measured: Measured | null;
}

/**
 * Documents that are asked again and again, with the plan of each that has one. A text is looked at when it is asked
 * for the second time; one that is wrong, or holds what no shape knows, is left to the ordinary path for good.
 */
export class HotDocuments {
  readonly #schema: GraphQLSchema;
  readonly #known = new Map<string, HotDocument | null>();
  readonly #once = new Set<string>();

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
  }

  find(text: string): HotDocument | null {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    if (text.length > LONGEST) return null;
    if (!this.#once.delete(text)) {
      if (this.#once.size >= MOST) this.#once.clear();
      this.#once.add(text);
      return null;
    }
    if (this.#known.size >= MOST) this.#known.clear();
    const made = this.#make(text);
    this.#known.set(text, made);
    return made;
  }

  /** Numbers and lists weigh, and whether there is a text to search for; a reference, a word or a moment never does. */
  #weighsAlike({ variableDefinitions = [] }: OperationDefinitionNode): boolean {
    return variableDefinitions.every(({ type }) => {
      const named = typeFromAST(this.#schema, type.kind === Kind.NON_NULL_TYPE ? type.type : type);
      const weighs = ['Int', 'JSON', ...(type.kind === Kind.NON_NULL_TYPE ? [] : ['String'])];
      return isLeafType(named) && !weighs.includes(named.name);
    });
  }

  #make(text: string): HotDocument | null {
    try {
      const document = parse(text, { maxTokens: DOCUMENT.tokens });
      if (validate(this.#schema, document, undefined, { maxErrors: 1 }).length > 0) return null;
      const fragments = new Map<string, FragmentDefinitionNode>();
      const operations: OperationDefinitionNode[] = [];
      for (const one of document.definitions) {
        if (one.kind === Kind.FRAGMENT_DEFINITION) fragments.set(one.name.value, one);
        else if (one.kind === Kind.OPERATION_DEFINITION) operations.push(one);
      }
      const [operation, ...more] = operations;
      if (operation?.operation !== OperationTypeNode.QUERY || more.length > 0 || operation.directives?.length)
        return null;
      const query = this.#schema.getQueryType()!;
      const [root, ...others] = new Selection(this.#schema, fragments).of(query, [operation.selectionSet]);
      if (root === undefined || others.length > 0 || !Object.hasOwn(SHAPES, root.name)) return null;
      const plan = SHAPES[root.name]!(root);
      const weighsAlike = this.#weighsAlike(operation);
      return { operation, fragments, field: root.name, key: root.key, plan, weighsAlike, measured: null };
    } catch {
      // Whatever is wrong with it is for the ordinary path to say.
      return null;
    }
  }
}
