import Link from 'next/link';
import { paths } from '@/navigation/paths.ts';
import { RefLink, textLinkLook } from '@/navigation/RefLink.tsx';
import { Day, IntervalText, Percent, Unknown } from '@/ui/Figure.tsx';
import { Table, Td, Th } from '@/ui/Table.tsx';
import { AxisWords } from './AxisWords.tsx';
import type { FacetAxes } from './axes.ts';
import type { Facet } from './facets.ts';
import { LeftOut } from './LeftOut.tsx';
import { apartWords, countWords, graderWords, type RatePoint } from './rate-point.ts';

/** A word on each point that is not among its figures, such as where a line breaks. */
export type WordOf = (point: RatePoint) => string;

interface Rows {
  points: readonly RatePoint[];
  differences: readonly string[];
  number: number | null;
}

/** The points of a plot in figures, under the headings of its panels, and apart by axis where the picture has axes. */
export function RateTable(props: {
  label: string;
  facets: readonly (Facet & Partial<Pick<FacetAxes, 'axes'>>)[];
  withBehavior?: boolean;
  word?: { title: string; of: WordOf };
}) {
  const { word, facets } = props;
  const columns = word ? 9 : 8;
  const numbered = facets.reduce((count, { axes }) => count + (axes?.length ?? 0), 0) > 1;
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
      {facets.map((facet) =>
        rowsOf(facet).map((rows, index) => (
          <tbody key={`${facet.key} ${rows.number}`}>
            <tr>
              <th
                scope="rowgroup"
                colSpan={columns}
                className="border-y border-line bg-sunken/60 px-3 py-1.5 text-left text-xs font-medium"
              >
                <div className="sticky left-3 max-sm:w-66">
                  {index === 0 ? <FacetName facet={facet} withBehavior={props.withBehavior} /> : null}
                  <AxisWords number={numbered ? rows.number : null} differences={rows.differences} />
                </div>
              </th>
            </tr>
            {rows.points.map((point) => (
              <PointRow key={point.id} point={point} word={word?.of} />
            ))}
          </tbody>
        )),
      )}
    </Table>
  );
}

const rowsOf = ({
  points,
  axes,
}: Pick<Facet, 'points'> & Partial<Pick<FacetAxes, 'axes'>>): readonly Rows[] =>
  axes ?? [{ points, differences: [], number: null }];

function FacetName({ facet, withBehavior }: { facet: Facet; withBehavior?: boolean }) {
  return (
    <>
      {withBehavior ? `${facet.behavior.title} · ` : null}
      <Link href={paths.evaluation(facet.evaluationName)} className={textLinkLook}>
        {facet.evaluation}
      </Link>
      <span className="text-ink-3"> · condition: </span>
      {facet.condition ?? <Unknown what="not stated" />}
    </>
  );
}

function PointRow({ point, word }: { point: RatePoint; word?: WordOf }) {
  const { evalRun } = point;
  return (
    <tr>
      <Td className="min-w-36">
        <RefLink refOf={evalRun.modelVersion.ref}>{evalRun.modelVersion.label}</RefLink>
      </Td>
      <Td>
        <Day value={evalRun.modelVersion.releasedAt} />
      </Td>
      <Td align="right">
        <Percent value={point.rate} qualifier={point.qualifier} unknown="not scored" />
      </Td>
      <Td>
        <IntervalText interval={point.interval} sampleCount={point.sampleCount} />
      </Td>
      <Td className="whitespace-nowrap">{countWords(point) ?? <Unknown what="not stated" />}</Td>
      <Td>{apartWords(point) ? <LeftOut of={point} /> : <span className="text-ink-3">none stated</span>}</Td>
      <Td className="min-w-44">{point.grader ? graderWords(point) : <Unknown />}</Td>
      {word ? <Td className="min-w-52">{word(point)}</Td> : null}
      <Td className="min-w-64">
        <RefLink refOf={evalRun.ref}>{evalRun.label}</RefLink>
      </Td>
    </tr>
  );
}
