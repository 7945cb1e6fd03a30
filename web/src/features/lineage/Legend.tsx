import { percent } from '@/ui/numbers.ts';
import { Sign } from './picture/PictureEdges.tsx';
import type { PictureMarks } from './picture/picture-model.ts';
import { LEGEND_SHARES, shareWidth } from './thickness.ts';

/** What the lines mean; what only some views show is told where it is shown. */
export function Legend({ marks }: { marks: PictureMarks }) {
  return (
    <div className="flex flex-wrap items-center gap-x-5 gap-y-1.5 text-xs text-ink-2">
      <span className="inline-flex items-center gap-2">
        Share of what is downstream
        {LEGEND_SHARES.map((share) => (
          <span key={share} className="inline-flex items-center gap-1">
            <svg width="22" height="20" aria-hidden="true">
              <line
                x1="0"
                x2="22"
                y1="10"
                y2="10"
                stroke="var(--accent)"
                strokeOpacity="0.42"
                strokeWidth={shareWidth(share)}
              />
            </svg>
            {percent(share)}
          </span>
        ))}
      </span>
      <Key label="share not known">
        <line x1="0" x2="26" y1="6" y2="6" stroke="var(--ink-3)" strokeWidth="1.5" strokeDasharray="4 4" />
      </Key>
      <Key label="a link that carries no data">
        <line x1="0" x2="26" y1="6" y2="6" stroke="var(--ink-3)" strokeOpacity="0.6" strokeWidth="1.5" />
      </Key>
      <Key label="disputed">
        <line x1="0" x2="26" y1="6" y2="6" stroke="var(--warning)" strokeWidth="2" />
        <circle cx="13" cy="6" r="5.5" fill="var(--warning-soft)" stroke="var(--warning)" />
        <text x="13" y="9.5" fontSize="10" fontWeight="700" textAnchor="middle" fill="var(--warning)">
          ≠
        </text>
      </Key>
      <Key label="through nodes not shown">
        <line x1="0" x2="26" y1="4" y2="4" stroke="var(--accent)" strokeWidth="1.5" />
        <line x1="0" x2="26" y1="8" y2="8" stroke="var(--accent)" strokeWidth="1.5" />
      </Key>
      <span className="inline-flex items-center gap-1.5">
        <span className="hatched inline-block h-3 w-6 rounded-sm border border-line-strong" />
        unaccounted
      </span>
      {marks.path ? (
        <Key label="on the path">
          <line x1="0" x2="26" y1="6" y2="6" stroke="var(--cat-3)" strokeWidth="3" />
        </Key>
      ) : null}
      {marks.added.size + marks.edgeMarks.size > 0 ? (
        <>
          <Key label="recorded since">
            <Sign x={13} y={6} tone="success">
              +
            </Sign>
          </Key>
          <Key label="share changed since">
            <Sign x={13} y={6} tone="accent">
              Δ
            </Sign>
          </Key>
        </>
      ) : null}
      {marks.open.size > 0 ? (
        <Key label="more is recorded beyond">
          <text x="13" y="11" fontSize="15" fontWeight="700" textAnchor="middle" fill="var(--accent)">
            ⋯
          </text>
        </Key>
      ) : null}
    </div>
  );
}

function Key({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <svg width="26" height="12" className="overflow-visible" aria-hidden="true">
        {children}
      </svg>
      {label}
    </span>
  );
}
