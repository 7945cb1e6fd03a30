import { RefLink } from '@/navigation/RefLink.tsx';
import { Badge, type Tone } from '@/ui/Badge.tsx';
import { ShareRange } from '@/ui/Figure.tsx';
import { words } from '@/ui/numbers.ts';
import { Table, Td, Th } from '@/ui/Table.tsx';
import { type DiffRow, type DiffStage, differenceText, rowLabel, rowRef } from './mixture-rows.ts';

const TONES: Record<DiffRow['change'], Tone> = {
  ADDED: 'success',
  REMOVED: 'danger',
  REWEIGHTED: 'accent',
  REVISED: 'warning',
  UNCHANGED: 'neutral',
  UNCERTAIN: 'neutral',
  NOT_MEASURED: 'neutral',
};

export type DiffTableProps = { stage: DiffStage; from: string; to: string; knownOn: string | null };

/** Every group of a stage, the unchanged ones too: what the bars show, in figures. */
export function DiffTable(props: DiffTableProps) {
  return (
    <Table label="Differences">
      <thead>
        <tr>
          <Th>Group</Th>
          <Th align="right">{props.from}</Th>
          <Th align="right">{props.to}</Th>
          <Th align="right">Points</Th>
          <Th>Change</Th>
        </tr>
      </thead>
      <tbody>
        {props.stage.rows.map((row) => {
          const ref = rowRef(row);
          return (
            <tr key={`${row.unaccounted} ${ref ?? rowLabel(row)}`}>
              <Td className="min-w-40">
                {row.unaccounted ? (
                  <span
                    aria-hidden="true"
                    className="hatched mr-2 inline-block h-3 w-5 rounded-sm border border-line-strong"
                  />
                ) : null}
                {ref ? (
                  <RefLink refOf={ref} asOf={props.knownOn}>
                    {rowLabel(row)}
                  </RefLink>
                ) : (
                  rowLabel(row)
                )}
                {row.revisedFrom ? (
                  <span className="block text-xs text-ink-3">
                    was{' '}
                    <RefLink refOf={row.revisedFrom.ref} asOf={props.knownOn}>
                      {row.revisedFrom.label}
                    </RefLink>
                  </span>
                ) : null}
              </Td>
              <Td align="right">
                <Share lower={row.from} upper={row.fromUpper} />
              </Td>
              <Td align="right">
                <Share lower={row.to} upper={row.toUpper} />
              </Td>
              <Td align="right" className="font-medium">
                {row.difference === null ? <None /> : differenceText(row)}
              </Td>
              <Td>
                <Badge tone={TONES[row.change]}>{words(row.change)}</Badge>
              </Td>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}

const None = () => <span className="text-ink-3">–</span>;

/** A share, or the range it lies in; a dash where the group is absent. */
const Share = ({ lower, upper }: { lower: number | null; upper: number | null }) =>
  lower === null ? <None /> : <ShareRange lower={lower} upper={upper} />;
