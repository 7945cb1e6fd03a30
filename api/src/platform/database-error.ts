/** The codes by which the database's own triggers refuse; the migration says what each means. */
export const REFUSED = {
  SELF_EDGE: 'HW001',
  EDGE_KIND: 'HW002',
  AMOUNT: 'HW003',
  SHARES: 'HW004',
  CHANGED: 'HW005',
  REMOVED: 'HW006',
  RETRACTED_TWICE: 'HW007',
  CYCLE: 'HW008',
  ISOLATION: 'HW009',
  EDGE_REFERENCE: 'HW010',
  NODE_KIND: 'HW011',
} as const;

export type DatabaseError = {
  /** The SQLSTATE. */
  code: string;
  message: string;
  /** What the server adds: for a cycle, a JSON array of node ids. */
  detail?: string;
  /** The constraint or unique index, where one was violated. */
  constraint?: string;
};

type Fields = Record<string, unknown>;

const fieldsOf = (value: unknown): Fields | null =>
  typeof value === 'object' && value !== null ? (value as Fields) : null;
const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

// What Prisma's client tells by a code of its own where it no longer carries the SQLSTATE.
const SQLSTATE_OF_PRISMA: Readonly<Record<string, string>> = {
  P2002: '23505',
  P2003: '23503',
  P2011: '23502',
  P2020: '22003',
  P2034: '40001',
};

const SQLSTATE_OF_KIND: Readonly<Record<string, string>> = {
  UniqueConstraintViolation: '23505',
  ForeignKeyConstraintViolation: '23503',
  NullConstraintViolation: '23502',
  TransactionWriteConflict: '40001',
};

const SQLSTATE = /^[0-9A-Z]{5}$/;
const isPrismaCode = (code: string) => /^P[0-9]{4}$/.test(code);

function constraintOf(fields: Fields): string | undefined {
  const constraint = fieldsOf(fields.constraint);
  const message = text(fields.originalMessage) ?? text(fields.message) ?? '';
  return (
    text(fields.constraint) ??
    text(constraint?.index) ??
    /(?:constraint|violates check constraint) "([^"]+)"/.exec(message)?.[1]
  );
}

/** One layer of an error: pg's own, or what the driver adapter made of it. */
function read(fields: Fields): DatabaseError | null {
  const stated = text(fields.originalCode) ?? text(fields.code) ?? '';
  const code = SQLSTATE.test(stated) && !isPrismaCode(stated) ? stated : undefined;
  const meant = code ?? SQLSTATE_OF_KIND[text(fields.kind) ?? ''];
  if (meant === undefined) return null;
  const detail = text(fields.detail);
  const constraint = constraintOf(fields);
  return {
    code: meant,
    message: text(fields.originalMessage) ?? text(fields.message) ?? '',
    ...(detail === undefined ? {} : { detail }),
    ...(constraint === undefined ? {} : { constraint }),
  };
}

/**
 * What the database said, from whatever wraps it: an error of pg, of the driver adapter, or of Prisma's client
 * (which keeps it at `meta.driverAdapterError.cause` or in its chain of causes). Null where it said nothing.
 */
export function databaseError(error: unknown): DatabaseError | null {
  let fallback: DatabaseError | null = null;
  let layer = fieldsOf(error);
  for (let depth = 0; layer !== null && depth < 8; depth += 1) {
    // An adapter's error carries its payload as its cause; pg's error and the payload read alike.
    const found = read(layer);
    if (found) return found;
    const code = text(layer.code) ?? '';
    const meant = SQLSTATE_OF_PRISMA[code];
    if (meant !== undefined && fallback === null) {
      const target = fieldsOf(layer.meta)?.target;
      fallback = {
        code: meant,
        message: text(layer.message) ?? '',
        ...(typeof target === 'string' ? { constraint: target } : {}),
      };
    }
    layer = fieldsOf(fieldsOf(layer.meta)?.driverAdapterError) ?? fieldsOf(layer.cause);
  }
  return fallback;
}
