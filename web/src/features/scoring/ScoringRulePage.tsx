import Link from 'next/link';
import { notFound } from 'next/navigation';
import { whyBlocked } from '@/features/lineage/can-write.ts';
import { query } from '@/graphql/execute.ts';
import type { ScoringVersionFragment } from '@/graphql/generated/graphql.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { PartialNotice, Unanswered } from '@/graphql/Unanswered.tsx';
import { paths } from '@/navigation/paths.ts';
import { Button } from '@/ui/Button.tsx';
import { Day } from '@/ui/Figure.tsx';
import { PageHeader } from '@/ui/PageHeader.tsx';
import { Section } from '@/ui/Section.tsx';
import { ConfirmVersion, RetractVersion } from './VersionActions.tsx';
import { VersionStatus } from './VersionStatus.tsx';

export const RULE = graphql(`
  query ScoringRulePage($name: String!) {
    scoringRule(name: $name) {
      id name evaluation scorer
      versions { ...ScoringVersion }
    }
  }
`);

/** A rule, its versions in words, and what may be done with each. */
export async function ScoringRulePage({ name }: { name: string }) {
  const answer = await query(RULE, { name });
  if (answer.kind !== 'data') return <Unanswered answer={answer} what="This scoring rule" />;
  const rule = answer.data.scoringRule;
  if (!rule) notFound();
  const blocked = await whyBlocked();
  return (
    <>
      <PartialNotice problems={answer.problems} />
      <PageHeader
        eyebrow={<Link href={paths.scoringRules()}>Scoring rules</Link>}
        title={rule.name}
        meta={
          <span>
            What the values of {rule.scorer} in {rule.evaluation} mean
          </span>
        }
        actions={
          <Button asChild>
            <Link href={paths.proposeScoringRule({ rule: rule.name })}>Propose a new version</Link>
          </Button>
        }
      />
      {rule.versions.map((version) => (
        <Version key={version.id} version={version} blocked={blocked} />
      ))}
    </>
  );
}

function Version({ version, blocked }: { version: ScoringVersionFragment; blocked: string | null }) {
  const named = `version ${version.number}`;
  return (
    <Section
      id={`version-${version.number}`}
      title={`Version ${version.number}`}
      note={
        <span className="flex flex-wrap gap-x-3">
          <VersionStatus status={version.status} />
          <span>
            <Standing version={version} />
          </span>
        </span>
      }
      actions={
        <>
          {version.status === 'PROPOSED' ? (
            <ConfirmVersion id={version.id} what={named} meaning={version.meaning} blocked={blocked} />
          ) : null}
          {version.status === 'RETRACTED' ? null : (
            <RetractVersion id={version.id} what={named} blocked={blocked} />
          )}
        </>
      }
    >
      <ul className="flex max-w-3xl list-disc flex-col gap-1 pl-5 text-sm break-words">
        {version.meaning.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {version.note ? <p className="mt-3 max-w-3xl text-sm text-ink-2">{version.note}</p> : null}
    </Section>
  );
}

function Standing({ version }: { version: ScoringVersionFragment }) {
  if (version.builtIn) return <>Ships with Headwater; nobody here confirmed it.</>;
  return (
    <>
      Proposed by {version.proposedBy.name}, <Day value={version.recordedAt} />
      {version.confirmedBy ? (
        <>
          ; confirmed by {version.confirmedBy.name}, <Day value={version.confirmedAt} />
        </>
      ) : null}
      {version.comment ? <>: “{version.comment}”</> : null}
    </>
  );
}
