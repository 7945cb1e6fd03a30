// One statement of the extended protocol that sees what somebody may see: the server is told for whom it runs in the
// same implicit transaction, which both form up to their one Sync, so that it answers once.
import pg from 'pg';
import type { Rights } from './rights.ts';

/** In which a connection keeps the statement below, so that it is read and planned once. */
const NAME = 'headwater_speak_for';
const TEXT = 'select speak_for($1)';

/** The parts of pg that its types keep to themselves. */
interface Sending {
  parse(statement: { name: string; text: string }): void;
  bind(portal: { statement: string; values: string[] }): void;
  execute(portal: { portal: string }): void;
}
interface Asked extends pg.Submittable {
  prepare(connection: Sending): void;
  handleDataRow(row: unknown): void;
  handleCommandComplete(end: unknown, connection: Sending): void;
  callback: (error: Error | null, result: pg.QueryResult) => void;
}
const Statement = pg.Query as unknown as new (config: pg.QueryConfig & { queryMode: 'extended' }) => Asked;

/** What StatementFor needs of a connection that keeps statements, sent when it is made. */
export const prepareFor = (client: pg.ClientBase): Promise<unknown> =>
  client.query({ name: NAME, text: TEXT, values: [''] });

/** A statement that is run with `rights`; `prepared` says that prepareFor was sent on its connection. */
export class StatementFor extends Statement {
  #said = false;

  constructor(
    private readonly rights: Rights,
    private readonly prepared: boolean,
    asked: pg.QueryConfig,
  ) {
    super({ ...asked, queryMode: 'extended' });
  }

  override prepare(connection: Sending): void {
    const statement = this.prepared ? NAME : '';
    // Nothing has a name where nothing is prepared: pg takes what was parsed for what it asked under its name.
    if (!this.prepared) connection.parse({ name: '', text: TEXT });
    connection.bind({ statement, values: [this.rights] });
    connection.execute({ portal: '' });
    super.prepare(connection);
  }

  override handleDataRow(row: unknown): void {
    if (this.#said) super.handleDataRow(row);
  }

  /** Where saying it fails, the server passes over the statement and tells the failure as the statement's own. */
  override handleCommandComplete(end: unknown, connection: Sending): void {
    if (this.#said) super.handleCommandComplete(end, connection);
    this.#said = true;
  }
}

/** Asks it on a connection whose queries pipeline. */
export const ask = (client: pg.ClientBase, statement: StatementFor): Promise<pg.QueryResult> =>
  new Promise((resolve, reject) => {
    statement.callback = (error, result) => (error ? reject(error) : resolve(result));
    client.query(statement);
  });
