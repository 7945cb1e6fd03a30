import { words } from './numbers.ts';

export type SeverityName = 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL';

const LEVELS: Record<SeverityName, { bars: number; color: string }> = {
  LOW: { bars: 1, color: 'var(--low)' },
  MEDIUM: { bars: 2, color: 'var(--medium)' },
  HIGH: { bars: 3, color: 'var(--high)' },
  CRITICAL: { bars: 4, color: 'var(--critical)' },
};

/** As many bars as it is severe, and its name. */
export function SeverityMark({ severity, short }: { severity: SeverityName; short?: boolean }) {
  const level = LEVELS[severity];
  return (
    <span
      className="inline-flex items-center gap-1.5 whitespace-nowrap"
      title={`Severity: ${words(severity)}`}
    >
      <svg viewBox="0 0 14 12" className="h-3 w-3.5 shrink-0" aria-hidden="true">
        {[0, 1, 2, 3].map((bar) => (
          <rect
            key={bar}
            x={bar * 3.6}
            y={9 - bar * 2.6}
            width="2.6"
            height={3 + bar * 2.6}
            rx="0.7"
            fill={bar < level.bars ? level.color : 'var(--line-strong)'}
          />
        ))}
      </svg>
      <span className={short ? 'sr-only' : undefined}>{words(severity)}</span>
    </span>
  );
}
