import Link from 'next/link';
import type { RegressionOutcomeRowFragment } from '@/graphql/generated/graphql.ts';
import { paths } from '@/navigation/paths.ts';
import { linkLook, RefLink } from '@/navigation/RefLink.tsx';
import { Day, IntervalText, Moment, Percent } from '@/ui/Figure.tsx';
import { Table, Td, Th } from '@/ui/Table.tsx';
import { SampleCounts } from '../rates/SampleCounts.tsx';
import { ConsequenceList } from './ConsequenceList.tsx';
import { VerdictMark } from './VerdictMark.tsx';
import { whyWords } from './verdict-words.ts';

/** What a rule said, a measurement a row; of several rules each is `named`. */
export function OutcomeTable(props: { outcomes: readonly RegressionOutcomeRowFragment[]; named?: boolean }) {
  const { outcomes, named } = props;
  return (
    <Table label="What the rule said">
      <thead>
        <tr>
          <Th>Eval run</Th>
          <Th align="right">Rate</Th>
          <Th>Says</Th>
          <Th>Why, and what followed</Th>
          <Th>When</Th>
        </tr>
      </thead>
      <tbody>
        {outcomes.map((one) => (
          <tr key={one.id}>
            <Td className="min-w-44">
              <RefLink refOf={one.measurement.evalRun.ref}>{one.measurement.evalRun.label}</RefLink>
              <div className="text-xs text-ink-3">
                {[one.measurement.evalRun.modelVersion.label, one.measurement.condition?.name]
                  .filter(Boolean)
                  .join(' · ')}
              </div>
            </Td>
            <Td align="right">
              <Percent value={one.measurement.rate} qualifier={one.measurement.qualifier} />
              <div className="text-xs">
                <IntervalText interval={one.measurement.interval} sampleCount={one.measurement.sampleCount} />
              </div>
              <div className="text-xs text-ink-2">
                <SampleCounts of={one.measurement} />
              </div>
              {one.measurement.retractedAt ? (
                <div className="text-xs text-warning">
                  taken back <Day value={one.measurement.retractedAt} />
                </div>
              ) : null}
            </Td>
            <Td>
              <VerdictMark verdict={one.verdict} />
            </Td>
            <Td className="min-w-60">
              {named ? (
                <div>
                  <Link href={paths.regressionRule(one.rule.id)} className={linkLook}>
                    {one.rule.title}
                  </Link>
                </div>
              ) : null}
              <span className="text-sm text-ink-2">{whyWords(one)}</span>
              {one.baseline ? (
                <div className="text-xs text-ink-3">
                  Baseline:{' '}
                  <RefLink refOf={one.baseline.evalRun.ref} className="underline decoration-accent-line">
                    {one.baseline.evalRun.label}
                  </RefLink>
                </div>
              ) : null}
              {one.lookedBack ? (
                <div className="text-xs text-ink-3">
                  Found by looking back, which reopens and drafts nothing.
                </div>
              ) : null}
              <ConsequenceList outcome={one} />
            </Td>
            <Td className="whitespace-nowrap">
              <Moment value={one.recordedAt} />
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
