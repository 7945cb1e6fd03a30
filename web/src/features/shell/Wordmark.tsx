/** Streams that join: the name of the product as a sign. */
export function Wordmark() {
  return (
    <span className="flex items-center gap-2 text-lg font-semibold tracking-tight">
      <svg viewBox="0 0 32 32" className="size-6 text-accent" aria-hidden="true">
        <path
          d="M6 5c0 9 10 7 10 15M26 5c0 9-10 7-10 15M16 3v26"
          fill="none"
          stroke="currentColor"
          strokeWidth="2.6"
          strokeLinecap="round"
        />
      </svg>
      <span className="max-[26rem]:sr-only">Headwater</span>
    </span>
  );
}
