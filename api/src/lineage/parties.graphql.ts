import { ActorKindEnum, CertaintyEnum } from '../graphql/enums.ts';
import { idOf, NodeInterface, registerNode } from '../graphql/node.ts';
import { citationOfSeen } from './cited.ts';
import { ActorRef, CitationRef, TeamRef } from './lineage.refs.ts';
import { actorById, teamById } from './read-actors.ts';

ActorRef.implement({
  description: 'Whoever acts: a person, a program, or Headwater itself.',
  interfaces: [NodeInterface],
  fields: (t) => ({
    id: t.id(idOf('Actor')),
    kind: t.expose('kind', { type: ActorKindEnum, description: 'What acts.' }),
    name: t.exposeString('name', { description: 'What people call them.' }),
  }),
});

TeamRef.implement({
  description: 'A party that asserts things, in its own namespace.',
  interfaces: [NodeInterface],
  fields: (t) => ({
    id: t.id(idOf('Team')),
    namespace: t.exposeString('namespace', {
      description: "What stands before its things' names; empty for the common team.",
    }),
    name: t.exposeString('name', { description: 'What people call it.' }),
  }),
});

CitationRef.implement({
  description: 'Where a figure or a statement comes from.',
  interfaces: [NodeInterface],
  fields: (t) => ({
    id: t.id(idOf('Citation')),
    source: t.exposeString('source', { description: 'The publication or other source, by its title.' }),
    url: t.exposeString('url', { nullable: true, description: 'Where to find it.' }),
    locator: t.exposeString('locator', { nullable: true, description: 'The place in it.' }),
    certainty: t.expose('certainty', { type: CertaintyEnum, description: 'How near it is to the figure.' }),
    quote: t.exposeString('quote', { nullable: true, description: 'The words that support the figure.' }),
    note: t.exposeString('note', { nullable: true, description: 'Anything else to know about it.' }),
    retrievedAt: t.expose('retrievedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was looked at.',
    }),
  }),
});

registerNode('Actor', actorById);
registerNode('Team', teamById);
registerNode('Citation', citationOfSeen);
