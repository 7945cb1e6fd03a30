import Link from 'next/link';
import type { EvalRunPageQuery } from '@/graphql/generated/graphql.ts';
import { paths, queryString } from '@/navigation/paths.ts';
import { linkLook } from '@/navigation/RefLink.tsx';
import { Button } from '@/ui/Button.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { Select } from '@/ui/Field.tsx';
import { Unknown } from '@/ui/Figure.tsx';
import { plural } from '@/ui/numbers.ts';
import { Table, Td, Th } from '@/ui/Table.tsx';
import type { SamplePage } from './eval-run-query.ts';
import { scoreTexts } from './score-texts.ts';

type Run = Extract<NonNullable<EvalRunPageQuery['lineageNode']>, { __typename: 'EvalRun' }>;

const OUTCOMES = [
  { value: '', label: 'All outcomes' },
  { value: 'EXHIBITED', label: 'Exhibited' },
  { value: 'NOT_EXHIBITED', label: 'Not exhibited' },
  { value: 'UNSCORED', label: 'Unscored' },
  { value: 'GRADER_ERROR', label: 'Grader error' },
  { value: 'EXCLUDED', label: 'Excluded' },
];

/** The samples, a page at a time. What a sample says is shown as text. */
export function Samples({ run, page }: { run: Run; page: SamplePage }) {
  const { nodes, totalCount, pageInfo } = run.samples;
  const base = paths.evalRun(run.name);
  const filtered = Boolean(page.outcome);
  if (totalCount === 0 && !filtered) {
    return <Unknown what="No single sample is recorded, only what was measured over them." />;
  }
  return (
    <div className="flex flex-col gap-3">
      <form action={`${base}#samples`} className="flex items-center gap-2">
        <Select name="outcome" aria-label="Outcome" defaultValue={page.outcome ?? ''} className="w-52">
          {OUTCOMES.map((o) => (
            <option key={o.value} value={o.value}>
              {o.label}
            </option>
          ))}
        </Select>
        <Button type="submit" className="h-9">
          Show
        </Button>
        <span className="text-sm text-ink-2">{plural(totalCount, 'sample')}</span>
      </form>
      {nodes.length === 0 ? (
        <EmptyState
          kind="no-match"
          title="No sample has this outcome"
          action={
            <Link href={`${base}#samples`} className={linkLook}>
              Show all
            </Link>
          }
        />
      ) : (
        <Table label="Samples">
          <thead>
            <tr>
              <Th>Sample</Th>
              <Th align="right">Epoch</Th>
              <Th>Input</Th>
              <Th>Scores</Th>
            </tr>
          </thead>
          <tbody>
            {nodes.map((s) => (
              <tr key={s.id}>
                <Td className="font-mono text-xs">{s.sampleId}</Td>
                <Td align="right">{s.epoch}</Td>
                <Td className="max-w-xl min-w-64">
                  {s.input ? <Input text={s.input} /> : <Unknown what="not kept" />}
                  {s.error ? <p className="mt-1 text-xs break-words text-danger">Error: {s.error}</p> : null}
                </Td>
                <Td className="min-w-40">
                  <Scores scores={s.scores} />
                </Td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
      <nav aria-label="Pages of samples" className="flex justify-end gap-4 text-sm">
        {page.after ? (
          <Link href={`${base}${queryString({ outcome: page.outcome })}#samples`} className={linkLook}>
            First page
          </Link>
        ) : null}
        {pageInfo.hasNextPage ? (
          <Link
            href={`${base}${queryString({ outcome: page.outcome, after: pageInfo.endCursor })}#samples`}
            className={linkLook}
          >
            Next page
          </Link>
        ) : null}
      </nav>
    </div>
  );
}

function Input({ text }: { text: string }) {
  const short = text.length <= 160 && !text.includes('\n');
  if (short) return <span className="break-words">{text}</span>;
  return (
    <details>
      <summary className="line-clamp-2 break-words">{text.slice(0, 160)}…</summary>
      <pre className="mt-1 max-h-96 overflow-y-auto rounded border border-line bg-sunken p-2 font-mono text-xs break-words whitespace-pre-wrap">
        {text}
      </pre>
    </details>
  );
}

function Scores({ scores }: { scores: unknown }) {
  const texts = scoreTexts(scores);
  if (texts.length === 0) return <Unknown what="unscored" />;
  return (
    <ul>
      {texts.map((t) => (
        <li key={t.name}>
          <span className="text-ink-3">{t.name}</span> {t.value}
          {t.why ? (
            <details>
              <summary className="text-xs text-accent">why</summary>
              <p className="max-w-md text-xs break-words whitespace-pre-wrap text-ink-2">{t.why}</p>
            </details>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
