import { NodeInterface, registerNode } from '../graphql/node.ts';
import { ActorRef } from '../lineage/lineage.refs.ts';
import { actorById } from '../lineage/read-actors.ts';
import { EventRef } from './event.refs.ts';
import { eventById, summaryOf } from './read-events.ts';

registerNode('Event', eventById);

EventRef.implement({
  interfaces: [NodeInterface],
  description: 'Something that happened, recorded in the same transaction as the change itself.',
  fields: (t) => ({
    id: t.id({
      description: 'The global id.',
      resolve: (row, _a, context) => context.ids.encode('Event', row.id),
    }),
    type: t.exposeString('type', { description: 'What kind of event.' }),
    at: t.expose('at', { type: 'DateTime', description: 'When it was recorded.' }),
    by: t.field({
      type: ActorRef,
      nullable: true,
      description: 'Who did it.',
      resolve: (row, _a, context) => context.load(actorById, row.actorId),
    }),
    summary: t.string({ description: 'What happened, in a sentence.', resolve: summaryOf }),
    payload: t.expose('payload', { type: 'JSON', description: 'The particulars, by the type of event.' }),
  }),
});
