import type { EdgePeekQuery } from '@/graphql/generated/graphql.ts';
import { Badge } from '@/ui/Badge.tsx';
import { grouped, moment, words } from '@/ui/numbers.ts';
import { disputedShare } from '../lineage-words.ts';
import type { PictureDispute, PictureEdge } from '../picture-graph.ts';
import { amountText } from '../table-rows.ts';
import { CitationText } from './CitationText.tsx';

/** What is asked for of a link when it is opened. */
export type More = Extract<NonNullable<EdgePeekQuery['nodes'][number]>, { composition: unknown }>;

/** One party's word for a link: who, in whose name, when, how much, resting on what; and who disagrees. */
export function Assertion({ edge, more }: { edge: PictureEdge; more: More | undefined }) {
  if (edge.contracted) {
    return (
      <p className="text-ink-2">
        Nobody asserts this link: it stands for ways through nodes that are not shown, and its share is worked
        out along them.
      </p>
    );
  }
  const amount = amountText(edge.amount, edge.unit, edge.epochs);
  const own = edge.citation ?? more?.composition?.citation ?? null;
  return (
    <article
      aria-label={`Asserted by ${edge.team}`}
      className={`flex flex-col gap-2 rounded-md border p-2.5 ${edge.disputes.length ? 'border-warning/50' : 'border-line'}`}
    >
      <p>
        <span className="font-medium">{edge.team}</span>
        {edge.team === edge.assertedBy ? null : <span className="text-ink-2"> by {edge.assertedBy}</span>}
        {edge.status === 'ASSERTED' ? null : (
          <Badge tone="warning" className="ml-1.5">
            {words(edge.status)}
          </Badge>
        )}
        <span className="block text-xs text-ink-3">
          recorded {moment(edge.recordedAt)}
          {edge.occurredAt ? `, happened ${moment(edge.occurredAt)}` : ''}
          {edge.retractedAt ? `, retracted ${moment(edge.retractedAt)}` : ''}
        </span>
      </p>
      {amount || more?.composition ? (
        <p className="text-xs text-ink-2">
          {amount ? `${amount}. ` : ''}
          {more?.composition ? statement(more.composition) : ''}
        </p>
      ) : null}
      <CitationText citation={own} />
      {edge.disputes.map((d) => (
        <Dispute key={d.id} dispute={d} more={more} />
      ))}
    </article>
  );
}

function Dispute({ dispute, more }: { dispute: PictureDispute; more: More | undefined }) {
  const { id, by, statement, ofStatement, recordedAt } = dispute;
  const share = disputedShare(dispute.shareLower, dispute.shareUpper);
  return (
    <div className="rounded-md border border-warning/40 bg-warning-soft p-2">
      <p>
        <span className="font-medium text-warning">Disputed by {by}</span>
        <span className="block text-xs text-ink-2">
          {ofStatement ? 'with the whole statement that this link is part of, ' : ''}
          {moment(recordedAt)}
        </span>
      </p>
      <p className="mt-1 break-words">{statement}</p>
      {share === null ? null : <p className="text-xs text-ink-2">Says {share}.</p>}
      <div className="mt-1">
        <CitationText citation={more?.disputes.find((one) => one.id === id)?.citation} />
      </div>
    </div>
  );
}

function statement(composition: NonNullable<More['composition']>): string {
  const { total, unit, complete, basis, scaled } = composition;
  const whole =
    total === null ? '' : ` of ${unit === 'FRACTION' ? total : grouped(total)} ${unit.toLowerCase()}`;
  const said = complete
    ? 'Part of a statement of all inputs'
    : 'Part of a statement that is not said to be whole';
  return `${said}${whole} (${basis === 'READ' ? 'as read' : 'as contributed'})${scaled ? ', scaled to a whole' : ''}.`;
}
