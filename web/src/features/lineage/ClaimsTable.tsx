import type { ClaimRowFragment } from '@/graphql/generated/graphql.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { Badge } from '@/ui/Badge.tsx';
import { CitationMark } from '@/ui/CitationMark.tsx';
import { Count, Day, Unknown } from '@/ui/Figure.tsx';
import { words } from '@/ui/numbers.ts';
import { Table, Td, Th } from '@/ui/Table.tsx';
import { CorrectClaim } from './corrections/CorrectClaim.tsx';
import { DisputeRecord } from './corrections/DisputeRecord.tsx';
import { RetractRecord } from './corrections/RetractRecord.tsx';
import { DisputeLines } from './Disputes.tsx';

graphql(`
  fragment ClaimRow on Claim {
    id property value number text time recordedAt
    assertedBy { name }
    citation { ...CitationFacts }
    disputes { ...DisputeFacts }
  }
`);

/** What is said of a node, by whom. Claims of one property that differ stand beside one another and say so. */
export function ClaimsTable(props: {
  claims: readonly ClaimRowFragment[];
  nodeRef: string;
  blocked: string | null;
}) {
  if (props.claims.length === 0) return <Unknown what="No claim is recorded." />;
  const groups = new Map<ClaimRowFragment['property'], ClaimRowFragment[]>();
  for (const claim of props.claims)
    groups.set(claim.property, [...(groups.get(claim.property) ?? []), claim]);
  return (
    <Table label="Claims">
      <thead>
        <tr>
          <Th>What it says</Th>
          <Th>Value</Th>
          <Th>Asserted by</Th>
          <Th>Recorded</Th>
          <Th aria-label="Actions" />
        </tr>
      </thead>
      <tbody>
        {[...groups].flatMap(([property, claims]) =>
          claims.map((claim, index) => (
            <tr key={claim.id}>
              {index === 0 ? (
                <Td rowSpan={claims.length} className="whitespace-nowrap">
                  {words(property)}{' '}
                  {new Set(claims.map((c) => c.value)).size > 1 ? (
                    <Badge tone="warning">They differ</Badge>
                  ) : null}
                </Td>
              ) : null}
              <Td className="max-w-md break-words">
                <ClaimValue claim={claim} />
                <CitationMark citation={claim.citation} of={words(property)} />
                <DisputeLines disputes={claim.disputes} blocked={props.blocked} />
              </Td>
              <Td>{claim.assertedBy.name}</Td>
              <Td>
                <Day value={claim.recordedAt} />
              </Td>
              <Td align="right" className="py-0.5 whitespace-nowrap">
                <CorrectClaim
                  nodeRef={props.nodeRef}
                  blocked={props.blocked}
                  replaces={{ id: claim.id, property: claim.property, value: plainValue(claim) }}
                />
                <DisputeRecord
                  target={claim.id}
                  what={`this claim of ${words(property).toLowerCase()}`}
                  blocked={props.blocked}
                />
                <RetractRecord
                  target={claim.id}
                  what={`this claim of ${words(property).toLowerCase()}`}
                  blocked={props.blocked}
                />
              </Td>
            </tr>
          )),
        )}
      </tbody>
    </Table>
  );
}

const plainValue = (claim: ClaimRowFragment): string =>
  claim.number?.toString() ?? claim.text ?? claim.time ?? claim.value;

function ClaimValue({ claim }: { claim: ClaimRowFragment }) {
  if (claim.time) return <Day value={claim.time} />;
  // Claims that differ in the last digit must not look alike, so these are written out.
  if (claim.number !== null && claim.number !== undefined) {
    return <span title={claim.value}>{claim.number.toLocaleString('en', { maximumFractionDigits: 6 })}</span>;
  }
  return claim.text ?? <Count value={claim.value} />;
}
