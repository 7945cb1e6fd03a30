import Link from 'next/link';
import { notFound } from 'next/navigation';
import { Share } from '@/features/sharing/Share.tsx';
import { query } from '@/graphql/execute.ts';
import type { EvaluationPageQuery } from '@/graphql/generated/graphql.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { PartialNotice, Unanswered } from '@/graphql/Unanswered.tsx';
import { paths } from '@/navigation/paths.ts';
import { linkLook } from '@/navigation/RefLink.tsx';
import { CitationMark } from '@/ui/CitationMark.tsx';
import { ExternalLink } from '@/ui/ExternalLink.tsx';
import { Day, Unknown } from '@/ui/Figure.tsx';
import { plural } from '@/ui/numbers.ts';
import { PageHeader } from '@/ui/PageHeader.tsx';
import { Section } from '@/ui/Section.tsx';
import { EvalRunTable } from './EvalRunTable.tsx';

const EVALUATION = graphql(`
  query EvaluationPage($name: String!) {
    evaluation(name: $name) {
      id name title description url
      sharing { ...SharingFacts }
      versions(first: 10) {
        totalCount
        nodes {
          id version label releasedAt
          citation { ...CitationFacts }
          conditions { id name description factors }
          evalRuns(first: 15) { totalCount nodes { ...EvalRunRow } }
        }
      }
    }
  }
`);

type Evaluation = NonNullable<EvaluationPageQuery['evaluation']>;
type Version = Evaluation['versions']['nodes'][number];

/** An evaluation: its versions, what they vary, and the runs of each. Runs of two versions are not comparable. */
export async function EvaluationPage({ name }: { name: string }) {
  const answer = await query(EVALUATION, { name });
  if (answer.kind !== 'data') return <Unanswered answer={answer} what="This evaluation" />;
  const evaluation = answer.data.evaluation;
  if (!evaluation) notFound();
  return (
    <>
      <PartialNotice problems={answer.problems} />
      <PageHeader
        eyebrow={<Link href={paths.evaluations()}>Evaluations</Link>}
        title={evaluation.title ?? evaluation.name}
        meta={
          <>
            {evaluation.description ? (
              <div className="w-full">
                <p className="max-w-prose">{evaluation.description}</p>
              </div>
            ) : null}
            {evaluation.url ? <ExternalLink href={evaluation.url} /> : null}
          </>
        }
        actions={<Share target={evaluation.id} what="evaluation" sharing={evaluation.sharing} />}
      />
      {evaluation.versions.nodes.map((v) => (
        <VersionSection key={v.id} version={v} evaluation={evaluation} />
      ))}
      {evaluation.versions.totalCount > evaluation.versions.nodes.length ? (
        <p className="mt-6 text-sm text-ink-2">
          The latest {evaluation.versions.nodes.length} of {evaluation.versions.totalCount} versions are
          shown.
        </p>
      ) : null}
    </>
  );
}

function VersionSection({ version, evaluation }: { version: Version; evaluation: Evaluation }) {
  const { totalCount, nodes } = version.evalRuns;
  const manyVersions = evaluation.versions.totalCount > 1;
  return (
    <Section id={`version-${version.id}`} title={version.label} count={version.evalRuns.totalCount}>
      <p className="mb-3 text-sm text-ink-2">
        Released <Day value={version.releasedAt} />
        <CitationMark citation={version.citation} of={version.label} />
      </p>
      <Conditions version={version} />
      {nodes.length === 0 ? (
        <Unknown what="No run of this version is recorded." />
      ) : (
        <EvalRunTable runs={nodes} ofOneVersion />
      )}
      {totalCount > nodes.length ? (
        <p className="mt-2 text-sm text-ink-2">
          The newest {nodes.length} of {totalCount} are shown.{' '}
          <Link href={paths.evalRuns({ evaluation: evaluation.name })} className={linkLook}>
            {manyVersions ? 'All runs of this evaluation, whatever the version' : `All ${totalCount} runs`}
          </Link>
        </p>
      ) : null}
    </Section>
  );
}

export function factorsText(factors: unknown): string {
  if (factors === null || typeof factors !== 'object' || Array.isArray(factors)) return '';
  return Object.entries(factors)
    .map(([name, value]) => `${name}: ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`)
    .join(' · ');
}

function Conditions({ version }: { version: Version }) {
  if (version.conditions.length === 0) return null;
  return (
    <details className="mb-3 text-sm">
      <summary className="font-medium text-accent">{plural(version.conditions.length, 'condition')}</summary>
      <dl className="mt-2 grid gap-x-4 gap-y-1.5 sm:grid-cols-[auto_1fr]">
        {version.conditions.map((c) => (
          <div key={c.id} className="contents">
            <dt className="font-medium">{c.name}</dt>
            <dd className="text-ink-2">
              {[c.description, factorsText(c.factors)].filter(Boolean).join(' · ') || 'not described'}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
