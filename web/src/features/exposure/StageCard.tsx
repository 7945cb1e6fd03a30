import Link from 'next/link';
import { paths } from '@/navigation/paths.ts';
import { CitationMark } from '@/ui/CitationMark.tsx';
import { Count, ShareRange } from '@/ui/Figure.tsx';
import { percent, plural } from '@/ui/numbers.ts';
import { Table, Td, Th } from '@/ui/Table.tsx';
import { STAGE_TITLES } from '../lineage/bands.ts';
import { REASON_WORDS } from '../lineage/lineage-words.ts';
import { StageBar } from './StageBar.tsx';
import { type Exposure, groupsOf, type Stage, segments } from './stage-bars.ts';

/** One training stage: what it was, its bar, the same as a table, and what was lost on the way. */
export function StageCard(props: {
  stage: Stage;
  colors: ReadonlyMap<string, number>;
  grouping: Exposure['grouping'];
}) {
  const { stage, colors } = props;
  const title = stage.stage ? STAGE_TITLES[stage.stage] : 'Training not recorded';
  const partition = props.grouping !== 'CONTENT_TAG';
  const pieces = partition ? segments(stage, colors) : [];
  return (
    <li className="rounded-lg border border-line bg-surface p-4">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <h3 className="font-semibold">{title}</h3>
        {stage.trainingRun ? (
          <Link
            href={paths.ofRef(stage.trainingRun.ref)}
            className="text-sm text-ink-2 hover:text-accent hover:underline"
          >
            {stage.trainingRun.label}
          </Link>
        ) : null}
        {stage.trainingRun ? (
          <CitationMark citation={stage.trainingRun.citation} of={stage.trainingRun.label} />
        ) : null}
        {stage.trainingRun?.objective ? (
          <span className="text-xs text-ink-3">{stage.trainingRun.objective}</span>
        ) : null}
        <span className="ml-auto text-sm text-ink-2">
          <Count
            value={stage.tokens}
            of="tokens"
            unknown={<span className="text-ink-3">tokens not stated</span>}
          />
        </span>
      </div>
      {stage.recorded ? null : (
        <p className="mt-1 text-sm text-ink-2">
          How {stage.modelVersion ? stage.modelVersion.label : 'it'} was trained before this is not recorded,
          so all of it is unaccounted.
        </p>
      )}
      {partition ? <StageBar pieces={pieces} label={title} /> : <TagNote stage={stage} />}
      <Remarks stage={stage} />
      {stage.shares.length > 0 ? (
        <details className="mt-3" open={!partition}>
          <summary className="text-sm font-medium text-accent">
            {partition
              ? `The same as a table (${plural(stage.shares.length, 'row')})`
              : plural(stage.shares.length, 'tag')}
          </summary>
          <div className="mt-2">
            <ShareTable stage={stage} colors={colors} title={title} />
          </div>
        </details>
      ) : null}
    </li>
  );
}

function TagNote({ stage }: { stage: Stage }) {
  return (
    <p className="mt-1 text-sm text-ink-2">
      {stage.shares.length
        ? 'A text can carry several tags, so these shares do not add up. The upper end counts all that was not measured.'
        : 'No content measurement reaches this stage: how much of it carries which tag is not recorded.'}
    </p>
  );
}

function Remarks({ stage }: { stage: Stage }) {
  const remarks = [
    stage.averaged ? 'Shares are the average of the whole run, not of this checkpoint.' : null,
    stage.scaled ? 'Published shares summed to a little over 100% and were scaled to it.' : null,
    stage.compositions > 1
      ? `${stage.compositions} compositions stand side by side: shares are ranges over them.`
      : null,
  ].filter((r) => r !== null);
  return (
    <>
      {remarks.map((remark) => (
        <p key={remark} className="mt-1 text-xs text-ink-3">
          {remark}
        </p>
      ))}
      {stage.losses.length > 0 ? (
        <ul className="mt-2 flex flex-col gap-1 text-sm" aria-label="What is unaccounted, and why">
          {stage.losses.map((loss) => (
            <li key={`${loss.node.ref} ${loss.reason}`} className="flex flex-wrap items-center gap-x-2">
              <span
                aria-hidden="true"
                className="hatched inline-block h-3 w-5 rounded-sm border border-line-strong"
              />
              <span>
                {percent(loss.share)} lost at{' '}
                <Link href={paths.ofRef(loss.node.ref)} className="hover:text-accent hover:underline">
                  {loss.node.label}
                </Link>
                : {REASON_WORDS[loss.reason]}
              </span>
              {loss.sources.length ? (
                <span className="text-xs text-ink-3">
                  among{' '}
                  {loss.sources
                    .slice(0, 4)
                    .map((s) => s.label)
                    .join(', ')}
                  {loss.sources.length > 4 ? ` and ${loss.sources.length - 4} more` : ''}
                </span>
              ) : null}
            </li>
          ))}
        </ul>
      ) : null}
    </>
  );
}

function ShareTable(props: { stage: Stage; colors: ReadonlyMap<string, number>; title: string }) {
  const groups = groupsOf(props.stage);
  return (
    <Table label={`Shares of ${props.title}`}>
      <thead>
        <tr>
          <Th>Group</Th>
          <Th align="right">Share</Th>
          <Th align="right">Tokens</Th>
        </tr>
      </thead>
      <tbody>
        {groups.map((g) => {
          const color = props.colors.get(g.key);
          return (
            <tr key={g.key}>
              <Td>
                <span
                  aria-hidden="true"
                  className="mr-2 inline-block size-2.5 rounded-sm align-baseline"
                  style={{ background: color ? `var(--cat-${color})` : 'var(--line-strong)' }}
                />
                {g.ref ? (
                  <Link href={paths.ofRef(g.ref)} className="hover:text-accent hover:underline">
                    {g.label}
                  </Link>
                ) : (
                  g.label
                )}
              </Td>
              <Td align="right">
                <ShareRange lower={g.share} upper={g.shareUpper} />
              </Td>
              <Td align="right">
                <Count value={g.tokens} unknown={<span className="text-ink-3">not stated</span>} />
              </Td>
            </tr>
          );
        })}
        {props.stage.unaccountedUpper > 0 ? (
          <tr>
            <Td>
              <span
                aria-hidden="true"
                className="hatched mr-2 inline-block size-2.5 rounded-sm border border-line-strong"
              />
              unaccounted
            </Td>
            <Td align="right">
              <ShareRange lower={props.stage.unaccounted} upper={props.stage.unaccountedUpper} />
            </Td>
            <Td align="right">
              <span className="text-ink-3">–</span>
            </Td>
          </tr>
        ) : null}
      </tbody>
    </Table>
  );
}
