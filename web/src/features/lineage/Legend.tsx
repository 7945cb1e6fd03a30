import { percent } from '@/ui/numbers.ts';
import { LEGEND_SHARES, shareWidth } from './thickness.ts';

/** What the lines mean. */
export function Legend() {
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
    </div>
  );
}

function Key({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <svg width="26" height="12" aria-hidden="true">
        {children}
      </svg>
      {label}
    </span>
  );
}
