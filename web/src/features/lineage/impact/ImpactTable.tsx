import { RefLink } from '@/navigation/RefLink.tsx';
import { Badge } from '@/ui/Badge.tsx';
import { SeverityMark } from '@/ui/SeverityMark.tsx';
import { StatusDot } from '@/ui/StatusDot.tsx';
import { Table, Td, Th } from '@/ui/Table.tsx';
import { KIND_WORDS } from '../lineage-words.ts';
import type { ImpactRow } from './impact-rows.ts';

/** What one team owns of what was reached. */
export function ImpactTable(props: { team: string; rows: ImpactRow[]; knownOn: string | null }) {
  const { team, rows, knownOn } = props;
  return (
    <Table label={`Reached of ${team}`}>
      <thead>
        <tr>
          <Th>Kind</Th>
          <Th>Name</Th>
          <Th>How</Th>
          <Th>Severity</Th>
          <Th>Status</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={`${row.reached} ${row.ref}`}>
            <Td className="w-40 whitespace-nowrap text-ink-2">{KIND_WORDS[row.kind]}</Td>
            <Td className="min-w-56">
              <RefLink refOf={row.ref} asOf={knownOn} className="font-medium">
                {row.label}
              </RefLink>
              {row.title ? <span className="block text-xs text-ink-2">{row.title}</span> : null}
            </Td>
            <Td className="w-36 whitespace-nowrap">
              {row.reached ? (
                'reached'
              ) : (
                <Badge title="As a teacher, reward, judge or earlier version">only influenced</Badge>
              )}
            </Td>
            <Td className="w-32">{row.severity ? <SeverityMark severity={row.severity} /> : <Nothing />}</Td>
            <Td className="w-36">{row.status ? <StatusDot status={row.status} /> : <Nothing />}</Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

const Nothing = () => <span className="text-ink-3">–</span>;
