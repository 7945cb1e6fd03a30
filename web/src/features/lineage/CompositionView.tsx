import type { CompositionWholeFragment, DisputeFactsFragment } from '@/graphql/generated/graphql.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { RefLink } from '@/navigation/RefLink.tsx';
import { Badge } from '@/ui/Badge.tsx';
import { CitationMark } from '@/ui/CitationMark.tsx';
import { Count, Day, Percent, ShareRange, Unknown } from '@/ui/Figure.tsx';
import { plural, words } from '@/ui/numbers.ts';
import { Table, Td, Th } from '@/ui/Table.tsx';
import { CorrectComposition } from './corrections/CorrectComposition.tsx';
import { DisputeRecord } from './corrections/DisputeRecord.tsx';
import { RetractRecord } from './corrections/RetractRecord.tsx';
import { DisputeLines } from './Disputes.tsx';

graphql(`
  fragment CompositionWhole on Composition {
    id unit basis total complete unaccounted scaled status recordedAt
    assertedBy { name }
    team { name }
    citation { ...CitationFacts }
    disputes { ...DisputeFacts }
    inputs {
      id share shareUpper amount unit epochs status
      upstream { ref label kind }
      citation { ...CitationFacts }
      disputes { ...DisputeFacts }
    }
  }
`);

const UNIT_WORDS = {
  FRACTION: 'as fractions of the whole',
  TOKENS: 'in tokens',
  ROWS: 'in rows',
  DOCUMENTS: 'in documents',
  BYTES: 'in bytes',
};

/** What is said against the whole stands above, once, and not at each of its inputs. */
const ofInput = (dispute: DisputeFactsFragment) => dispute.targetKind === 'EDGE';

export type CompositionViewProps = {
  composition: CompositionWholeFragment;
  nodeRef: string;
  output?: string | null;
  /** The past moment that it is of; null for now. */
  knownOn: string | null;
  blocked: string | null;
};

/** One party's statement of what a thing was made of, largest share first, with what it leaves unaccounted. */
export function CompositionView(props: CompositionViewProps) {
  const { composition, nodeRef, output, knownOn, blocked } = props;
  const inputs = [...composition.inputs].sort((a, b) => (b.share ?? -1) - (a.share ?? -1));
  const largest = Math.max(0.0001, ...inputs.map((i) => i.share ?? 0));
  return (
    <div>
      <div className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-ink-2">
        <span>
          {plural(inputs.length, 'input')} {UNIT_WORDS[composition.unit]}
          {composition.basis === 'READ' ? ' read' : ' contributed'}, stated by {composition.assertedBy.name} (
          {composition.team.name}) on <Day value={composition.recordedAt} />
          <CitationMark citation={composition.citation} of="the composition" />
        </span>
        {composition.total === null || composition.total === undefined ? null : (
          <span>
            total <Count value={composition.total} of={composition.unit.toLowerCase()} />
          </span>
        )}
        {composition.complete ? (
          <Badge>all inputs</Badge>
        ) : (
          <Badge tone="warning">not declared complete</Badge>
        )}
        {composition.scaled ? (
          <Badge title="The published shares summed to a little over 100%.">scaled to 100%</Badge>
        ) : null}
        {composition.status === 'ASSERTED' ? null : <Badge tone="warning">{words(composition.status)}</Badge>}
        <span className="ml-auto flex gap-1">
          <CorrectComposition
            nodeRef={nodeRef}
            output={output}
            blocked={blocked}
            replaces={{
              id: composition.id,
              unit: composition.unit,
              basis: composition.basis,
              total: composition.total ?? null,
              complete: composition.complete,
              citation: composition.citation ?? null,
              inputs: composition.inputs.map((i) => ({
                ref: i.upstream.ref,
                amount: i.amount ?? null,
                unit: i.unit ?? null,
                epochs: i.epochs ?? null,
              })),
            }}
          />
          <DisputeRecord
            target={composition.id}
            what="this composition"
            label="Dispute the whole statement"
            blocked={blocked}
          />
          <RetractRecord target={composition.id} what="this composition" blocked={blocked} />
        </span>
      </div>
      {composition.disputes.length > 0 ? (
        <div className="mb-2">
          <DisputeLines disputes={composition.disputes} blocked={blocked} what="The whole statement is" />
        </div>
      ) : null}
      <Table label="Composition">
        <thead>
          <tr>
            <Th>Input</Th>
            <Th align="right">Share</Th>
            <Th className="w-40" aria-label="Share as a bar" />
            <Th align="right">Amount</Th>
            <Th align="right">Epochs</Th>
            <Th aria-label="Actions" />
          </tr>
        </thead>
        <tbody>
          {inputs.map((input) => (
            <tr key={input.id}>
              <Td className="min-w-40">
                <RefLink refOf={input.upstream.ref} asOf={knownOn}>
                  {input.upstream.label}
                </RefLink>
                <DisputeLines disputes={input.disputes.filter(ofInput)} blocked={blocked} />
              </Td>
              <Td align="right" className="whitespace-nowrap">
                <ShareRange lower={input.share ?? null} upper={input.shareUpper} />
                <CitationMark
                  citation={input.citation ?? composition.citation}
                  of={`the share of ${input.upstream.label}`}
                />
              </Td>
              <Td className="align-middle">
                <Bar share={input.share ?? null} largest={largest} />
              </Td>
              <Td align="right" className="whitespace-nowrap">
                {input.amount === null || input.amount === undefined ? (
                  <Unknown what="not stated" />
                ) : input.unit === 'FRACTION' || (!input.unit && composition.unit === 'FRACTION') ? (
                  input.amount
                ) : (
                  <Count value={input.amount} of={words(input.unit ?? composition.unit).toLowerCase()} />
                )}
              </Td>
              <Td align="right">{input.epochs ?? <span className="text-ink-3">–</span>}</Td>
              <Td align="right" className="py-0.5">
                <DisputeRecord
                  target={input.id}
                  what={`the share of ${input.upstream.label}`}
                  blocked={blocked}
                  ofShare
                />
              </Td>
            </tr>
          ))}
          {composition.unaccounted && composition.unaccounted > 1e-9 ? (
            <tr>
              <Td>
                <span className="inline-flex items-center gap-2 text-ink-2">
                  <span
                    aria-hidden="true"
                    className="hatched inline-block h-3 w-5 rounded-sm border border-line-strong"
                  />
                  unaccounted
                </span>
              </Td>
              <Td align="right">
                <Percent value={composition.unaccounted} />
              </Td>
              <Td className="align-middle">
                <div
                  className="hatched h-2 rounded-sm border border-line-strong"
                  style={{
                    width: `${Math.min(100, (composition.unaccounted / Math.max(largest, composition.unaccounted)) * 100)}%`,
                  }}
                />
              </Td>
              <Td />
              <Td />
              <Td />
            </tr>
          ) : null}
        </tbody>
      </Table>
    </div>
  );
}

function Bar({ share, largest }: { share: number | null; largest: number }) {
  if (share === null) return <span className="hatched block h-2 w-6 rounded-sm" title="amount unknown" />;
  return (
    <div
      className="h-2 rounded-sm bg-accent/70"
      style={{ width: `${Math.max(0.5, (share / largest) * 100)}%` }}
    />
  );
}
