/**
 * Gives each cell of a column the y nearest to the one it wishes for, keeping the order and the gaps: the least
 * squares answer, by pooling neighbours that would overlap. Writes centres into `y`.
 */
export function placeColumn(
  cells: readonly { id: string; height: number }[],
  wishes: readonly number[],
  gap: number,
  y: Map<string, number>,
): void {
  const offsets: number[] = [];
  let reach = 0;
  cells.forEach((cell, i) => {
    if (i > 0) reach += (cells[i - 1]!.height + cell.height) / 2 + gap;
    offsets.push(reach);
  });
  const blocks: { sum: number; count: number }[] = [];
  wishes.forEach((wish, i) => {
    let block = { sum: wish - offsets[i]!, count: 1 };
    for (
      let last = blocks.at(-1);
      last && last.sum / last.count > block.sum / block.count;
      last = blocks.at(-1)
    ) {
      blocks.pop();
      block = { sum: last.sum + block.sum, count: last.count + block.count };
    }
    blocks.push(block);
  });
  let i = 0;
  for (const block of blocks) {
    for (let k = 0; k < block.count; k++, i++) y.set(cells[i]!.id, block.sum / block.count + offsets[i]!);
  }
}
