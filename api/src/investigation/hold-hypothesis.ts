import type { Change } from '../access/change.ts';
import { InputRefusal, NotFoundRefusal } from '../platform/refusal.ts';
import { lockHypothesis } from './investigation.store.ts';

/** A hypothesis by its global id, held against other assessments until the change ends. */
export async function holdHypothesis(change: Change, id: string) {
  const thing = change.context.ids.decode(id);
  if (thing === null || thing.type !== 'Hypothesis')
    throw new InputRefusal(['hypothesis'], 'This is not the id of a hypothesis.', 'the id of a hypothesis');
  const row = await lockHypothesis(change.tx, change.context.viewer, thing.id);
  if (row === null) throw new NotFoundRefusal(['hypothesis'], 'There is no such hypothesis.', id);
  return row;
}
