/** Text in an SVG is cut by an estimate of its width, in px a letter; the whole of it is in the box's title. */
export function cutText(text: string, room: number, perLetter: number): string {
  const most = Math.max(2, Math.floor(room / perLetter));
  return text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`;
}

/** One line where it fits, else two: broken at a space, a dash or a dot where there is one. */
export function wrapText(text: string, room: number, perLetter: number): string[] {
  const most = Math.max(2, Math.floor(room / perLetter));
  if (text.length <= most) return [text];
  const head = text.slice(0, most + 1);
  const space = head.lastIndexOf(' ');
  const gap = space > most / 3 ? space : head.slice(0, most).search(/[-./_@](?=[^-./_@]*$)/);
  const at = gap > most / 3 ? gap + 1 : most;
  return [text.slice(0, at).trimEnd(), cutText(text.slice(at).trimStart(), room, perLetter)];
}
