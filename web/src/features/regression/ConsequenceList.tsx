import type { RegressionConsequencesFragment } from '@/graphql/generated/graphql.ts';
import { RefLink } from '@/navigation/RefLink.tsx';
import { ACTIONS } from './verdict-words.ts';

/** What a hit did to incidents. */
export function ConsequenceList({ outcome }: { outcome: RegressionConsequencesFragment }) {
  if (outcome.consequences.length === 0) return null;
  return (
    <ul className="mt-1 flex flex-col gap-0.5 text-sm">
      {outcome.consequences.map(({ action, incident }) => (
        <li key={incident.id} className="break-words">
          {ACTIONS[action]}{' '}
          <RefLink refOf={incident.ref} className="underline decoration-accent-line">
            {incident.key ?? 'a draft'}: {incident.title}
          </RefLink>
        </li>
      ))}
    </ul>
  );
}
