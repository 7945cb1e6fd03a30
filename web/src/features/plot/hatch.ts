/** The lines of a hatched box: what is not accounted for. As a path, so that a saved picture needs no pattern. */
export function hatchPath(box: { x: number; y: number; width: number; height: number }, step = 5): string {
  const { x, y, width, height } = box;
  const at = (value: number) => String(Number(value.toFixed(1)));
  let path = '';
  for (let along = step; along < width + height; along += step) {
    // From the left or the lower edge up to the upper or the right one, at 45 degrees.
    const [fromX, fromY] = along <= height ? [x, y + along] : [x + along - height, y + height];
    const [toX, toY] = along <= width ? [x + along, y] : [x + width, y + along - width];
    path += `M${at(fromX)} ${at(fromY)}L${at(toX)} ${at(toY)}`;
  }
  return path;
}
