import type { DisputeFactsFragment } from '@/graphql/generated/graphql.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { CitationMark } from '@/ui/CitationMark.tsx';
import { Notice } from '@/ui/Notice.tsx';
import { RetractRecord } from './corrections/RetractRecord.tsx';
import { disputedShare } from './lineage-words.ts';

graphql(`
  fragment DisputeFacts on Dispute {
    id targetKind statement shareLower shareUpper
    by { name }
    citation { ...CitationFacts }
  }
`);

type Disputed = {
  disputes: readonly DisputeFactsFragment[];
  /** Null where one may try to take them back from here. */
  blocked?: string | null;
};

/** Who disagrees with a record, each on a line: why, what share they hold right, and on which evidence. */
export function DisputeLines({ disputes, blocked, what }: Disputed & { what?: string }) {
  return disputes.map((d) => {
    const share = disputedShare(d.shareLower, d.shareUpper);
    return (
      <span key={d.id} className="block text-xs break-words text-warning">
        {what ? `${what} disputed by` : 'Disputed by'} {d.by.name}: {d.statement}
        {share === null ? null : ` (${share})`}
        {d.citation ? <CitationMark citation={d.citation} of={`what ${d.by.name} says`} /> : null}
        {blocked === null ? (
          <>
            {' '}
            <RetractRecord target={d.id} what={`the dispute of ${d.by.name}`} blocked={null} />
          </>
        ) : null}
      </span>
    );
  });
}

/** On the page of a record that somebody says is wrong as such. */
export function DisputeNotice({ disputes, blocked }: Disputed) {
  if (disputes.length === 0) return null;
  return (
    <Notice tone="warning" title="This record is disputed" className="mb-4">
      <DisputeLines disputes={disputes} blocked={blocked} />
    </Notice>
  );
}
