import { Fragment } from 'react';
import { RefLink } from '@/navigation/RefLink.tsx';
import { Count, ShareRange } from '@/ui/Figure.tsx';
import { Table, Td, Th } from '@/ui/Table.tsx';
import { stageKey, stageTitle } from './exposure-layout.ts';
import { groupsOf, type Stage } from './stage-bars.ts';

/** Shares in figures, stage by stage, what is unaccounted at the end of each. */
export function ShareTable(props: {
  stages: readonly Stage[];
  /** By which each group is found in the picture; null where that has a row for each. */
  colors: ReadonlyMap<string, number> | null;
  label: string;
  knownOn: string | null;
}) {
  return (
    <Table label={props.label}>
      <thead>
        <tr>
          <Th>Stage</Th>
          <Th>Group</Th>
          <Th align="right">Share</Th>
          <Th align="right">Tokens</Th>
        </tr>
      </thead>
      <tbody>
        {props.stages.map((stage, index) => (
          <Fragment key={stageKey(stage, index)}>
            <Rows stage={stage} colors={props.colors} knownOn={props.knownOn} />
          </Fragment>
        ))}
      </tbody>
    </Table>
  );
}

function Rows(props: { stage: Stage; colors: ReadonlyMap<string, number> | null; knownOn: string | null }) {
  const { stage, colors } = props;
  const title = <Td className="text-ink-2">{stageTitle(stage)}</Td>;
  return (
    <>
      {groupsOf(stage).map((g) => {
        const color = colors?.get(g.key);
        return (
          <tr key={g.key}>
            {title}
            <Td>
              {colors ? (
                <span
                  aria-hidden="true"
                  className="mr-2 inline-block size-2.5 rounded-sm align-baseline"
                  style={{ background: color ? `var(--cat-${color})` : 'var(--line-strong)' }}
                />
              ) : null}
              {g.ref ? (
                <RefLink refOf={g.ref} asOf={props.knownOn}>
                  {g.label}
                </RefLink>
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
      {stage.unaccountedUpper > 0 ? (
        <tr>
          {title}
          <Td>
            <span
              aria-hidden="true"
              className="hatched mr-2 inline-block size-2.5 rounded-sm border border-line-strong"
            />
            unaccounted
          </Td>
          <Td align="right">
            <ShareRange lower={stage.unaccounted} upper={stage.unaccountedUpper} />
          </Td>
          <Td align="right">
            <span className="text-ink-3">–</span>
          </Td>
        </tr>
      ) : null}
    </>
  );
}
