import Link from 'next/link';
import type { ImportWholeFragment } from '@/graphql/generated/graphql.ts';
import { paths } from '@/navigation/paths.ts';
import { linkLook } from '@/navigation/RefLink.tsx';
import { grouped } from '@/ui/numbers.ts';
import { Section } from '@/ui/Section.tsx';
import { Table, Td, Th } from '@/ui/Table.tsx';

/** The scorers that no rule read, each with what it said and the way to say what that means. */
export function RulesToPropose({ row }: { row: ImportWholeFragment }) {
  if (row.rulesToPropose.length === 0) return null;
  return (
    <Section
      id="rules"
      title="Scorers without a rule"
      count={row.rulesToPropose.length}
      note="No rule says which of their values mean that a behaviour was exhibited, so they are scores alone."
    >
      <Table label="Scorers without a rule">
        <thead>
          <tr>
            <Th>Scorer</Th>
            <Th>What it said</Th>
            <Th>Rule</Th>
          </tr>
        </thead>
        <tbody>
          {row.rulesToPropose.map((one) => (
            <tr key={`${one.scorer} ${one.key}`}>
              <Td className="break-words">
                {one.scorer}
                {one.key ? <span className="text-ink-3"> · {one.key}</span> : null}
              </Td>
              <Td className="break-words text-ink-2">
                {one.values.map(({ value, count }) => `${value} × ${grouped(count)}`).join(', ')}
              </Td>
              <Td className="whitespace-nowrap">
                <Link
                  className={linkLook}
                  href={paths.proposeScoringRule({
                    evaluation: one.evaluation,
                    scorer: one.scorer,
                    key: one.key,
                    run: row.evalRuns[0]?.ref,
                  })}
                >
                  Propose one
                </Link>
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Section>
  );
}
