import Link from 'next/link';
import type { RegressionRuleFactsFragment } from '@/graphql/generated/graphql.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { paths } from '@/navigation/paths.ts';
import { linkLook, RefLink } from '@/navigation/RefLink.tsx';
import { Day, Facts } from '@/ui/Figure.tsx';

graphql(`
  fragment RegressionRuleFacts on RegressionRule {
    modelFamily condition kind note recordedAt
    behavior { name title }
    incident { ref key title }
    baselines { id retractedAt evalRun { ref label } condition { name } }
    createdBy { name }
  }
`);

type Rule = RegressionRuleFactsFragment;

function Baselines({ of }: { of: Rule['baselines'] }) {
  return (
    <ul>
      {of.map((one) => (
        <li key={one.id}>
          <RefLink refOf={one.evalRun.ref}>{one.evalRun.label}</RefLink>
          {one.condition ? ` · ${one.condition.name}` : ''}
          {one.retractedAt ? (
            <span className="text-warning">
              {' '}
              taken back <Day value={one.retractedAt} />, so nothing is compared with it
            </span>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

/** What a rule looks at, what it compares with and reopens, and as whom it acts. */
export function RuleFacts({ rule }: { rule: Rule }) {
  return (
    <Facts
      items={[
        {
          name: 'Behaviour',
          value: (
            <Link href={paths.behavior(rule.behavior.name)} className={linkLook}>
              {rule.behavior.title}
            </Link>
          ),
        },
        { name: 'Models', value: <code className="break-all">{rule.modelFamily}</code> },
        { name: 'Condition', value: rule.condition ?? 'any' },
        ...(rule.kind === 'RISE' ? [{ name: 'Baseline', value: <Baselines of={rule.baselines} /> }] : []),
        {
          name: 'Reopens',
          value: rule.incident ? (
            <RefLink refOf={rule.incident.ref}>
              {rule.incident.key ?? 'a draft'}: {rule.incident.title}
            </RefLink>
          ) : (
            'incidents of this behaviour in these models'
          ),
        },
        {
          name: 'Made by',
          value: (
            <>
              {rule.createdBy.name}, as whom it acts, <Day value={rule.recordedAt} />
            </>
          ),
        },
        ...(rule.note ? [{ name: 'Note', value: rule.note }] : []),
      ]}
    />
  );
}
