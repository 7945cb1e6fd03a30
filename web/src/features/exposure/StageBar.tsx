import { exactPercent, percent } from '@/ui/numbers.ts';
import type { Segment } from './stage-bars.ts';

function paint(piece: Segment): string | undefined {
  if (piece.kind === 'unaccounted') return undefined;
  return piece.color ? `var(--cat-${piece.color})` : 'var(--line-strong)';
}

/** A whole as its parts, with the names of the larger ones below. */
export function StageBar({ pieces, label }: { pieces: readonly Segment[]; label: string }) {
  if (pieces.length === 0) return null;
  const spoken = pieces.map((p) => `${p.label} ${percent(p.share)}`).join(', ');
  return (
    <figure className="mt-2">
      <div
        role="img"
        aria-label={`${label}: ${spoken}`}
        className="flex h-6 w-full gap-px overflow-hidden rounded"
      >
        {pieces.map((piece) => (
          <div
            key={piece.key}
            title={`${piece.label}: ${exactPercent(piece.share)}`}
            className={piece.kind === 'unaccounted' ? 'hatched min-w-px' : 'min-w-px'}
            style={{ flexGrow: piece.share, flexBasis: 0, background: paint(piece) }}
          >
            {piece.kind === 'generated' ? <GeneratedMark /> : null}
          </div>
        ))}
      </div>
      <figcaption className="mt-1.5 flex flex-wrap gap-x-3 gap-y-0.5 text-xs text-ink-2" aria-hidden="true">
        {pieces.map((piece) => (
          <span key={piece.key} className="inline-flex items-center gap-1.5">
            <span
              className={`inline-block size-2.5 rounded-sm ${piece.kind === 'unaccounted' ? 'hatched border border-line-strong' : ''}`}
              style={{ background: paint(piece) }}
            />
            {piece.label} <span className="text-ink-3">{percent(piece.share)}</span>
          </span>
        ))}
      </figcaption>
    </figure>
  );
}

/** Dots over the colour: the text was written by a model. */
function GeneratedMark() {
  return (
    <div
      aria-hidden="true"
      className="size-full"
      style={{
        backgroundImage: 'radial-gradient(var(--surface) 1.2px, transparent 1.4px)',
        backgroundSize: '7px 7px',
      }}
    />
  );
}
