// Who may do what to a thing that they see, said a second time from what the schema tells of it, and found by asking.
import type { GraphQLSchema } from 'graphql';
import type { Viewer } from '../../api/src/access/viewer.ts';
import { CALLERS } from './callers.ts';
import { asking, matrixWorld, type Placed } from './matrix.ts';
import type { WorldDatabase } from './world/database.ts';
import { type Guard, PEOPLE, TEAMS } from './world/principals.ts';
import type { Row } from './world/rows.ts';

const open = (team: Guard['team'], author: Guard['author']): Guard => ({
  visibility: 'PUBLIC',
  team,
  author,
  audience: null,
});
/** Everybody sees all of them: what differs is whose they are. */
const THINGS: Readonly<Record<string, Guard>> = {
  "the lab's": open('lab', 'author'),
  "the rival's": open('rival', 'rivalInvestigator'),
  "the rival's, by somebody who is not of it by now": open('rival', 'author'),
};

const QUESTIONS = [
  'edit',
  'reject',
  'withdraw',
  'share',
  'readers of evidence',
  'readers of a file',
] as const;
type Question = (typeof QUESTIONS)[number];
type Answers = Readonly<Record<Question, boolean>>;

function expected(viewer: Viewer, { team, author }: Guard): Answers {
  const known = viewer.kind === 'principal' ? viewer : null;
  const reads = known?.scopes.has('read') === true;
  const is = (...roles: string[]) => known !== null && roles.includes(known.role);
  const writes =
    is('REPORTER', 'INVESTIGATOR', 'ADMINISTRATOR') && known?.scopes.has('write:incidents') === true;
  const judges = is('INVESTIGATOR', 'ADMINISTRATOR');
  const ofTeam = known?.teamIds.includes(TEAMS[team].id) === true;
  const own = known?.actorId === PEOPLE[author].id;
  const edit = writes && (judges || ofTeam);
  const told = reads && (is('AUDITOR', 'ADMINISTRATOR') || ofTeam);
  return {
    edit,
    reject: edit && judges,
    withdraw: edit,
    share: reads && writes && (own || ofTeam || is('ADMINISTRATOR')),
    'readers of evidence': told,
    'readers of a file': told,
  };
}

const SEEN = `query ($incident: ID!, $evidence: ID!, $brought: ID!) {
  incident: node(id: $incident) { ... on Incident {
    canEdit { allowed } transitions { to allowed } sharing { canShare { allowed } } } }
  evidence: node(id: $evidence) { ... on Evidence { reveals { id } } }
  brought: import(id: $brought) { file { reveals { id } } } }`;

const MOVED = `mutation ($input: ChangeIncidentStatusInput!) {
  moved: changeIncidentStatus(input: $input) { __typename ... on InputError { path } } }`;

type Ids = Readonly<Record<'incident' | 'evidence' | 'brought', string>>;

async function found(ask: ReturnType<typeof asking>, ids: Ids): Promise<Answers & { agreed: boolean }> {
  const { data, code } = await ask(SEEN, ids);
  if (code !== null) throw new Error(`Something that everybody sees was refused: ${code}`);
  const { canEdit, transitions, sharing } = data.incident;
  // Without the comment that it needs nothing moves; who may not move it is refused before that is looked at.
  const moves = async (to: string) => {
    const moved = await ask(MOVED, { input: { incident: ids.incident, to } });
    return moved.data?.moved?.path?.[0] === 'comment';
  };
  const [reject, withdraw] = [await moves('REJECTED'), await moves('WITHDRAWN')];
  const told = (to: string) => transitions.find((one: { to: string }) => one.to === to).allowed;
  return {
    edit: canEdit.allowed,
    reject,
    withdraw,
    share: sharing?.canShare.allowed === true,
    'readers of evidence': data.evidence.reveals !== null,
    'readers of a file': data.brought.file.reveals !== null,
    agreed: told('REJECTED') === reject && told('WITHDRAWN') === withdraw,
  };
}

export class Rights {
  readonly #schema: GraphQLSchema;
  readonly #database: WorldDatabase;
  readonly #placed: Map<string, Placed>;

  static async of(schema: GraphQLSchema, database: WorldDatabase): Promise<Rights> {
    const { rows, placed } = matrixWorld(THINGS);
    await database.load(rows);
    return new Rights(schema, database, placed);
  }

  private constructor(schema: GraphQLSchema, database: WorldDatabase, placed: Map<string, Placed>) {
    this.#schema = schema;
    this.#database = database;
    this.#placed = placed;
  }

  /** Where somebody may what they should not, or may not what they should; until something is, where that is enough. */
  async wrong(untilSomething = false): Promise<string[]> {
    const { services } = this.#database;
    const id = (type: 'Incident' | 'Evidence' | 'Import', row: Row) =>
      services.ids.encode(type, BigInt(row.id));
    const wrong: string[] = [];
    for (const [name, { incident, evidence, brought }] of this.#placed) {
      const ids = {
        incident: id('Incident', incident),
        evidence: id('Evidence', evidence),
        brought: id('Import', brought),
      };
      for (const [who, viewer] of Object.entries(CALLERS)) {
        const should = expected(viewer, THINGS[name]!);
        const may = await found(asking(this.#schema, services, viewer), ids);
        for (const question of QUESTIONS)
          if (may[question] !== should[question])
            wrong.push(`${who}, ${name}: ${may[question] ? 'may' : 'may not'} ${question}`);
        if (!may.agreed) wrong.push(`${who}, ${name}: is told of other steps than they may take`);
        if (untilSomething && wrong.length > 0) return wrong;
      }
    }
    return wrong;
  }
}
