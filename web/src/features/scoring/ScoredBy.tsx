import Link from 'next/link';
import { whyBlocked } from '@/features/lineage/can-write.ts';
import { query } from '@/graphql/execute.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { PartialNotice, Unanswered } from '@/graphql/Unanswered.tsx';
import { paths } from '@/navigation/paths.ts';
import { linkLook } from '@/navigation/RefLink.tsx';
import { Percent } from '@/ui/Figure.tsx';
import { Rescore } from './Rescore.tsx';
import { VersionStatus } from './VersionStatus.tsx';

const SCORED = graphql(`
  query ScoredBy($ref: NodeRef!, $evaluation: String!, $bare: String!) {
    lineageNode(ref: $ref) {
      ... on EvalRun {
        measurements { id rate qualifier behavior { title } scoringRule { id number status rule { name } } }
      }
    }
    whole: scoringRules(evaluation: $evaluation, first: 50) { nodes { ...RuleToScoreBy } }
    bare: scoringRules(evaluation: $bare, first: 50) { nodes { ...RuleToScoreBy } }
  }
`);

graphql(`
  fragment RuleToScoreBy on ScoringRule {
    id name
    versions { id number status meaning }
  }
`);

/** By which version of which rule each measurement was made, and the way to measure by another. */
export async function ScoredBy(props: { run: string; evaluation: string }) {
  const bare = props.evaluation.slice(props.evaluation.lastIndexOf('/') + 1);
  const answer = await query(SCORED, { ref: props.run, evaluation: props.evaluation, bare });
  if (answer.kind !== 'data')
    return (
      <div className="mt-3">
        <Unanswered answer={answer} what="Which scoring rules it was measured by" />
      </div>
    );
  const node = answer.data.lineageNode;
  const measured = (node && 'measurements' in node ? node.measurements : []).filter((m) => m.scoringRule);
  const rules = new Map(
    [...answer.data.whole.nodes, ...answer.data.bare.nodes].map((rule) => [rule.id, rule]),
  );
  const versions = [...rules.values()].flatMap((rule) =>
    rule.versions
      .filter(({ status }) => status !== 'PROPOSED' && status !== 'RETRACTED')
      .map((version) => ({ ...version, rule: rule.name })),
  );
  return (
    <>
      <PartialNotice problems={answer.problems} />
      <div className="mt-3 flex flex-wrap items-start justify-between gap-3 text-sm">
        <ul aria-label="By which scoring rule" className="flex flex-col gap-1 text-ink-2">
          {measured.map(({ id, rate, qualifier, behavior, scoringRule }) => (
            <li key={id} className="flex flex-wrap items-center gap-x-2">
              <span>
                {behavior.title}, <Percent value={rate} qualifier={qualifier} unknown="not scored" />: by{' '}
                <Link href={paths.scoringRule(scoringRule!.rule.name)} className={linkLook}>
                  {scoringRule!.rule.name}, version {scoringRule!.number}
                </Link>
              </span>
              <VersionStatus status={scoringRule!.status} />
            </li>
          ))}
          {measured.length === 0 ? <li>No measurement of this run was made by a scoring rule.</li> : null}
        </ul>
        <Rescore
          run={props.run}
          versions={versions}
          blocked={
            (await whyBlocked()) ??
            (versions.length === 0 ? 'No scoring rule about this evaluation is confirmed.' : null)
          }
        />
      </div>
    </>
  );
}
