import Link from 'next/link';
import { paths } from '@/navigation/paths.ts';
import { linkLook, RefLink } from '@/navigation/RefLink.tsx';
import { Unknown } from '@/ui/Figure.tsx';
import { words } from '@/ui/numbers.ts';
import { Table, Td, Th } from '@/ui/Table.tsx';
import {
  type Cause,
  type Comparison,
  type Counts,
  keyOf,
  liftOf,
  nameOf,
  pOf,
  STATE_WORDS,
  VIA_WORDS,
} from './cause-words.ts';

function CountsCell({ counts }: { counts: Counts }) {
  return (
    <Td align="right" className="whitespace-nowrap">
      {counts.of === 0 ? <Unknown what="none known" /> : `${counts.exposed} of ${counts.of}`}
      {counts.unknown ? <div className="text-xs text-ink-3">{counts.unknown} unknown</div> : null}
    </Td>
  );
}

function What({ cause }: { cause: Cause }) {
  const node = cause.source ?? cause.generatedBy;
  const kind = cause.source ? 'Source' : cause.contentTag ? 'Content tag' : 'Written by a model';
  return (
    <>
      {node ? <RefLink refOf={node.ref}>{node.label}</RefLink> : nameOf(cause)}
      <div className="text-xs text-ink-3">{kind}</div>
    </>
  );
}

/** The picture in numbers. */
export function CauseTable({ causes }: { causes: readonly Cause[] }) {
  return (
    <Table label="Common causes">
      <thead>
        <tr>
          <Th>Exposed to</Th>
          <Th align="right">Of the incidents’</Th>
          <Th align="right">Of the others</Th>
          <Th align="right">Lift</Th>
          <Th align="right">p</Th>
          <Th align="right">p corrected</Th>
          <Th>Which is</Th>
        </tr>
      </thead>
      <tbody>
        {causes.map((cause) => (
          <tr key={keyOf(cause)}>
            <Td className="min-w-40">
              <What cause={cause} />
            </Td>
            <CountsCell counts={cause.modelVersions} />
            <CountsCell counts={cause.others} />
            <Td align="right" className="whitespace-nowrap">
              {liftOf(cause)}
            </Td>
            <Td align="right" className="whitespace-nowrap">
              {pOf(cause.pValue)}
            </Td>
            <Td align="right" className="whitespace-nowrap">
              {cause.correctedPValue === null ? <Unknown what="not tested" /> : pOf(cause.correctedPValue)}
            </Td>
            <Td className="min-w-36">{STATE_WORDS[cause.state]}</Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

/** What they depend on otherwise, which is no exposure. */
export function ApartTable({ comparison }: { comparison: Comparison }) {
  const { apart, modelVersions, others } = comparison;
  return (
    <Table label="Reached otherwise than by data">
      <thead>
        <tr>
          <Th>What</Th>
          <Th>How</Th>
          <Th align="right">Of the incidents’</Th>
          <Th align="right">Of the others</Th>
        </tr>
      </thead>
      <tbody>
        {apart.map(({ node, via, ...row }) => (
          <tr key={`${via} ${node.ref}`}>
            <Td className="min-w-40">
              <RefLink refOf={node.ref}>{node.label}</RefLink>
              <div className="text-xs text-ink-3">{words(node.kind)}</div>
            </Td>
            <Td className="min-w-40">{VIA_WORDS[via]}</Td>
            <Td align="right" className="whitespace-nowrap">
              {row.modelVersions} of {modelVersions.length}
            </Td>
            <Td align="right" className="whitespace-nowrap">
              {row.others} of {others.length}
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

/** Who stands in a lot, behind a summary that counts them. */
export function Lot({
  title,
  members,
}: {
  title: string;
  members: readonly { ref: string; label: string }[];
}) {
  return (
    <details className="rounded-lg border border-line bg-surface px-3.5 py-2 text-sm">
      <summary className="min-h-6 cursor-pointer">{title}</summary>
      <ul className="mt-2 flex flex-wrap gap-x-4 gap-y-1">
        {members.map((member) => (
          <li key={member.ref}>
            <RefLink refOf={member.ref}>{member.label}</RefLink>
          </li>
        ))}
      </ul>
    </details>
  );
}

export function IncidentLinks({ incidents }: { incidents: Comparison['incidents'] }) {
  return (
    <ul className="flex flex-col gap-0.5 text-sm">
      {incidents.map(({ ref, key, title }) => (
        <li key={ref}>
          <Link href={paths.incident(key ?? ref)} className={linkLook}>
            <span className="font-mono text-xs">{key ?? 'draft'}</span> {title}
          </Link>
        </li>
      ))}
    </ul>
  );
}
