import Link from 'next/link';
import type { ImportWholeFragment } from '@/graphql/generated/graphql.ts';
import { paths } from '@/navigation/paths.ts';
import { linkLook } from '@/navigation/RefLink.tsx';
import { grouped } from '@/ui/numbers.ts';
import { Section } from '@/ui/Section.tsx';

/** The incidents that a file of incidents made, added to, or found recorded already. */
export function IncidentsOfImport({ row }: { row: ImportWholeFragment }) {
  if (row.incidents.length === 0) return null;
  const cut = row.truncations.find(({ field }) => field === 'incidents');
  const note = cut
    ? `The first ${grouped(cut.shown)}${cut.total === null ? '' : ` of ${grouped(cut.total)}`}.`
    : undefined;
  return (
    <Section id="incidents" title="Incidents" count={cut?.total ?? row.incidents.length} note={note}>
      <ul className="flex flex-col gap-1.5 text-sm">
        {row.incidents.map((incident) => (
          <li key={incident.id}>
            <Link href={paths.incident(incident.key ?? incident.ref)} className={linkLook}>
              {incident.key ? <span className="mr-1.5 font-mono text-xs">{incident.key}</span> : null}
              {incident.title}
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}
