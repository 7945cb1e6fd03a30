import { RefLink } from '@/navigation/RefLink.tsx';
import { IntervalText, Percent, ShareRange, Unknown } from '@/ui/Figure.tsx';
import { percent } from '@/ui/numbers.ts';
import { Table, Td, Th } from '@/ui/Table.tsx';
import { AxisWords } from '../rates/AxisWords.tsx';
import { LeftOut } from '../rates/LeftOut.tsx';
import { apartWords, countWords, graderWords } from '../rates/rate-point.ts';
import type { DoseGroup } from './dose-layout.ts';

/** The picture in figures. */
export function DoseTable({ groups, label }: { groups: readonly DoseGroup[]; label: string }) {
  return (
    <Table label={label}>
      <thead>
        <tr>
          <Th>Model version</Th>
          <Th align="right">Share</Th>
          <Th align="right">Unaccounted</Th>
          <Th align="right">Rate</Th>
          <Th>95% interval</Th>
          <Th>n</Th>
          <Th>Left out of n</Th>
          <Th>Grader</Th>
        </tr>
      </thead>
      {groups.map((group) => (
        <tbody key={group.key}>
          <tr>
            <th
              scope="rowgroup"
              colSpan={8}
              className="border-y border-line bg-sunken/60 px-3 py-1.5 text-left text-xs font-medium"
            >
              <div className="sticky left-3 max-sm:w-66">
                {group.title}
                <AxisWords number={groups.length > 1 ? group.number : null} differences={group.differences} />
              </div>
            </th>
          </tr>
          {group.points.map(({ point, dose }) => (
            <tr key={point.id}>
              <Td className="min-w-36">
                <RefLink refOf={point.evalRun.modelVersion.ref}>{point.evalRun.modelVersion.label}</RefLink>
              </Td>
              <Td align="right">
                {dose.unmeasured ? (
                  <Unknown what="not measured" />
                ) : (
                  <ShareRange lower={dose.lower} upper={dose.upper} />
                )}
              </Td>
              <Td align="right">
                {dose.unaccounted > 1e-9 ? percent(dose.unaccounted) : <span className="text-ink-3">–</span>}
              </Td>
              <Td align="right">
                <Percent value={point.rate} qualifier={point.qualifier} unknown="not scored" />
              </Td>
              <Td>
                <IntervalText interval={point.interval} sampleCount={point.sampleCount} />
              </Td>
              <Td className="whitespace-nowrap">{countWords(point) ?? <Unknown what="not stated" />}</Td>
              <Td>
                {apartWords(point) ? <LeftOut of={point} /> : <span className="text-ink-3">none stated</span>}
              </Td>
              <Td className="min-w-44">{point.grader ? graderWords(point) : <Unknown />}</Td>
            </tr>
          ))}
        </tbody>
      ))}
    </Table>
  );
}
