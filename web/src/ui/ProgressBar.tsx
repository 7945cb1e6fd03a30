/** How much of something has been done. Drawn by the browser, so that it needs no style of its own. */
export function ProgressBar({ label, value, of }: { label: string; value: number; of: number }) {
  return (
    <progress
      aria-label={label}
      max={Math.max(1, of)}
      value={Math.min(value, of)}
      className="h-1.5 w-full appearance-none overflow-hidden rounded-full border-0 bg-line [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-accent [&::-webkit-progress-value]:transition-[width]"
    />
  );
}
