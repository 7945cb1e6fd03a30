import Link from 'next/link';
import { paths } from '@/navigation/paths.ts';
import { RefLink, textLinkLook } from '@/navigation/RefLink.tsx';
import { Day, IntervalText, Percent, Unknown } from '@/ui/Figure.tsx';
import { Table, Td, Th } from '@/ui/Table.tsx';
import type { Facet } from './facets.ts';
import { LeftOut } from './LeftOut.tsx';
import { apartWords, countWords, graderWords, type RatePoint } from './rate-point.ts';

/** A word on each point that is not among its figures, such as where a line breaks. */
export type WordOf = (point: RatePoint) => string;

/** The points of a plot in figures, under the headings of its panels. */
export function RateTable(props: {
  label: string;
  facets: readonly Facet[];
  withBehavior?: boolean;
  word?: { title: string; of: WordOf };
}) {
  const { word } = props;
  return (
    <Table label={props.label}>
      <thead>
        <tr>
          <Th>Model version</Th>
          <Th>Released</Th>
          <Th align="right">Rate</Th>
          <Th>95% interval</Th>
          <Th>n</Th>
          <Th>Left out of n</Th>
          <Th>Grader</Th>
          {word ? <Th>{word.title}</Th> : null}
          <Th>Eval run</Th>
        </tr>
      </thead>
      {props.facets.map((facet) => (
        <tbody key={facet.key}>
          <tr>
            <th
              scope="rowgroup"
              colSpan={word ? 9 : 8}
              className="border-y border-line bg-sunken/60 px-3 py-1.5 text-left text-xs font-medium"
            >
              <div className="sticky left-3 max-sm:w-66">
                {props.withBehavior ? `${facet.behavior.title} · ` : null}
                <Link href={paths.evaluation(facet.evaluationName)} className={textLinkLook}>
                  {facet.evaluation}
                </Link>
                <span className="text-ink-3"> · condition: </span>
                {facet.condition ?? <Unknown what="not stated" />}
              </div>
            </th>
          </tr>
          {facet.points.map((point) => (
            <tr key={point.id}>
              <Td className="min-w-36">
                <RefLink refOf={point.evalRun.modelVersion.ref}>{point.evalRun.modelVersion.label}</RefLink>
              </Td>
              <Td>
                <Day value={point.evalRun.modelVersion.releasedAt} />
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
              {word ? <Td className="min-w-52">{word.of(point)}</Td> : null}
              <Td className="min-w-64">
                <RefLink refOf={point.evalRun.ref}>{point.evalRun.label}</RefLink>
              </Td>
            </tr>
          ))}
        </tbody>
      ))}
    </Table>
  );
}
