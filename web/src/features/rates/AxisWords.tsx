/** Which axis the rows below stand on, and why it is apart from the one above, as the file of the plot says it. */
export function AxisWords({
  number,
  differences,
}: {
  number: number | null;
  differences: readonly string[];
}) {
  return (
    <>
      {number === null ? null : <span className="block font-normal text-ink-2">Axis {number}</span>}
      {differences.length ? (
        <span className="block font-normal text-warning">
          Not comparable with those above: {differences.join('; ')}
        </span>
      ) : null}
    </>
  );
}
