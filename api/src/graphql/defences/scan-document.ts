import { GraphQLError, Lexer, Source, TokenKind } from 'graphql';
import { DOCUMENT } from './limits.ts';

/** Why a document is refused unparsed; null where it is not. */
export type ScanRefusal = { code: 'GRAPHQL_PARSE_FAILED' | 'GRAPHQL_VALIDATION_FAILED'; message: string };

const COUNTED = {
  operations: 'operations',
  fragments: 'fragments',
  spreads: 'spreads',
  aliases: 'aliases',
  directives: 'directives',
  rootFields: 'fields at the root',
  variables: 'uses of variables',
  pairs: 'pairs of fields with one name',
} as const;

const OPENING: ReadonlySet<string> = new Set([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const CLOSING: ReadonlySet<string> = new Set([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

/**
 * Reads the tokens once, without recursion and in time that grows with the text alone: the parser recurses, and
 * graphql-js's rules compare pairs of fields, so both are only given what has passed here.
 */
export function scanDocument(text: string): ScanRefusal | null {
  if (text.length > DOCUMENT.characters) {
    const message = `${most(DOCUMENT.characters, 'characters')} Send long texts as variables.`;
    return { code: 'GRAPHQL_VALIDATION_FAILED', message };
  }
  try {
    new Scan(new Lexer(new Source(text))).run();
    return null;
  } catch (error) {
    if (error instanceof TooMuch) return { code: 'GRAPHQL_VALIDATION_FAILED', message: error.message };
    if (error instanceof GraphQLError) return { code: 'GRAPHQL_PARSE_FAILED', message: error.message };
    throw error;
  }
}

class TooMuch extends Error {}

/** A selection set that is open. */
interface Selection {
  /** How often each response name stands in it. */
  names: Map<string, number>;
  /** Whether its fields are the operation's own, inline fragments looked through. */
  isRoot: boolean;
}

class Scan {
  readonly #lexer: Lexer;
  readonly #counts = {
    operations: 0,
    fragments: 0,
    spreads: 0,
    aliases: 0,
    directives: 0,
    rootFields: 0,
    variables: 0,
    pairs: 0,
  };
  /** How often each response name stands in the whole document. */
  readonly #names = new Map<string, number>();
  #tokens = 0;
  #nesting = 0;
  /** Depth of brackets that hold arguments: within them, braces are values and no selections. */
  #values = 0;
  /** Outermost first. */
  readonly #selections: Selection[] = [];
  #inFragment = false;
  /** Whether the next selection set is that of an inline fragment. */
  #inline = false;

  constructor(lexer: Lexer) {
    this.#lexer = lexer;
  }

  run(): void {
    let before = '';
    for (let token = this.#lexer.advance(); token.kind !== TokenKind.EOF; token = this.#lexer.advance()) {
      this.#tokens += 1;
      if (this.#tokens > DOCUMENT.tokens) throw new TooMuch(most(DOCUMENT.tokens, 'tokens'));
      if (OPENING.has(token.kind)) this.#open(token.kind, before);
      else if (CLOSING.has(token.kind)) this.#close(token.kind);
      else if (token.kind === TokenKind.AT) this.#count('directives');
      else if (token.kind === TokenKind.DOLLAR) this.#count('variables');
      else if (token.kind === TokenKind.SPREAD) this.#spread();
      else if (token.kind === TokenKind.NAME) this.#name(token.value, before);
      else if (token.value?.includes('\u0000'))
        throw new TooMuch('A string may not hold the character U+0000.');
      before =
        token.kind === TokenKind.NAME
          ? `${before === TokenKind.SPREAD ? before : ''}${token.value}`
          : token.kind;
    }
  }

  #open(kind: string, before: string): void {
    this.#nesting += 1;
    if (this.#nesting > DOCUMENT.nesting)
      throw new TooMuch(`Brackets may be nested ${DOCUMENT.nesting} deep at most.`);
    if (kind !== TokenKind.BRACE_L || this.#values > 0) {
      this.#values += 1;
      return;
    }
    if (this.#selections.length === 0 && (before === '' || before === TokenKind.BRACE_R)) {
      this.#inFragment = false;
      this.#count('operations');
    }
    const around = this.#selections.at(-1);
    const isRoot = around === undefined ? !this.#inFragment : this.#inline && around.isRoot;
    this.#selections.push({ names: new Map(), isRoot });
    this.#inline = false;
  }

  #close(kind: string): void {
    this.#nesting = Math.max(0, this.#nesting - 1);
    if (kind !== TokenKind.BRACE_R || this.#values > 0) this.#values = Math.max(0, this.#values - 1);
    else this.#selections.pop();
  }

  #name(name: string, before: string): void {
    if (name.length > DOCUMENT.name)
      throw new TooMuch(`A name may have ${DOCUMENT.name} characters at most.`);
    if (this.#values > 0 || before === TokenKind.AT) return;
    const selection = this.#selections.at(-1);
    if (before === TokenKind.SPREAD && name !== 'on') this.#inline = false;
    if (selection === undefined) this.#definition(name, before);
    else if (![TokenKind.SPREAD, `${TokenKind.SPREAD}on`, TokenKind.COLON].includes(before as TokenKind))
      this.#field(selection, name);
  }

  #definition(name: string, before: string): void {
    if (before !== '' && before !== TokenKind.BRACE_R) return;
    this.#inFragment = name === 'fragment';
    this.#count(this.#inFragment ? 'fragments' : 'operations');
  }

  #spread(): void {
    this.#count('spreads');
    this.#inline = true;
  }

  #field(selection: Selection, name: string): void {
    if (increase(selection.names, name) > DOCUMENT.sameName)
      throw new TooMuch(`One field may be asked for ${DOCUMENT.sameName} times at most.`);
    this.#count('pairs', increase(this.#names, name) - 1);
    if (selection.isRoot) this.#count('rootFields');
    if (this.#lexer.lookahead().kind === TokenKind.COLON) this.#count('aliases');
  }

  #count(what: keyof typeof COUNTED, by = 1): void {
    this.#counts[what] += by;
    if (this.#counts[what] > DOCUMENT[what]) throw new TooMuch(most(DOCUMENT[what], COUNTED[what]));
  }
}

function increase(counts: Map<string, number>, name: string): number {
  const count = (counts.get(name) ?? 0) + 1;
  counts.set(name, count);
  return count;
}

const most = (number: number, what: string) =>
  `A document may have ${number.toLocaleString('en')} ${what} at most.`;
