import Link from 'next/link';
import { whyBlocked } from '@/features/lineage/can-write.ts';
import { query } from '@/graphql/execute.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { Unanswered } from '@/graphql/Unanswered.tsx';
import { paths } from '@/navigation/paths.ts';
import { PageHeader } from '@/ui/PageHeader.tsx';
import { ProposeRuleForm } from './ProposeRuleForm.tsx';
import { EMPTY_RULE, type RuleTyped, typedOf } from './rule-form.ts';

const START = graphql(`
  query ProposeScoringRulePage($rule: String!, $search: String) {
    scoringRule(name: $rule) {
      name evaluation
      versions { ...ScoringVersion }
    }
    behaviors(first: 100) { nodes { name } }
    evalRuns(first: 50, filter: { search: $search }) { nodes { ref } }
  }
`);

export interface ProposeState {
  rule: string | null;
  evaluation: string | null;
  scorer: string | null;
  key: string | null;
  run: string | null;
}

/** A new rule, or a new version that begins as the newest is. */
export async function ProposeRulePage({ state }: { state: ProposeState }) {
  const answer = await query(START, { rule: state.rule ?? '', search: state.evaluation });
  if (answer.kind !== 'data') return <Unanswered answer={answer} what="What a rule is made of" />;
  const { scoringRule: rule, behaviors, evalRuns } = answer.data;
  const newest = rule?.versions[0];
  const initial: RuleTyped =
    rule && newest
      ? typedOf(rule, newest.definition)
      : {
          ...EMPTY_RULE,
          evaluation: state.evaluation ?? '',
          scorer: state.scorer ?? '',
          key: state.key ?? '',
        };
  return (
    <>
      <PageHeader
        eyebrow={
          <>
            <Link href={paths.scoringRules()}>Scoring rules</Link>
            {rule ? (
              <>
                <span aria-hidden="true">/</span>
                <Link href={paths.scoringRule(rule.name)}>{rule.name}</Link>
              </>
            ) : null}
          </>
        }
        title={rule ? 'A new version' : 'A new scoring rule'}
        meta={
          <span className="max-w-prose">
            It is applied to nothing until a person confirms it. Versions before it stay, with what they
            measured.
          </span>
        }
      />
      <ProposeRuleForm
        initial={initial}
        run={state.run ?? ''}
        runs={evalRuns.nodes.map((one) => one.ref)}
        behaviors={behaviors.nodes.map((one) => one.name)}
        blocked={await whyBlocked()}
      />
    </>
  );
}
