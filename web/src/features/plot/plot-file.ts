import { textOfPicture } from '../../ui/save-picture.ts';

const SVG = 'http://www.w3.org/2000/svg';
const PADDING = 16;
const LINE = 17;

/** Lines of at most so many letters, broken at spaces. */
export function textLines(text: string, most: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= most)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/**
 * A picture as a file that stands alone: its title above it, what its signs mean below it, the theme's colours
 * written into it.
 */
export function plotSvg(
  svg: SVGSVGElement,
  says: { title: string; notes: readonly string[] },
): { text: string; width: number; height: number } {
  const { width: inner, height } = svg.viewBox.baseVal;
  const width = inner + 2 * PADDING;
  const most = Math.floor(inner / 6.2);
  const title = textLines(says.title, Math.floor(inner / 8));
  const notes = says.notes.flatMap((note) => textLines(note, most));
  const head = PADDING + title.length * 20 + 8;
  const whole = head + height + notes.length * LINE + PADDING + 8;
  const copy = svg.cloneNode(true) as SVGSVGElement;
  for (const name of ['class', 'role', 'aria-label']) copy.removeAttribute(name);
  for (const mark of copy.querySelectorAll('[tabindex]')) {
    const told = document.createElementNS(SVG, 'title');
    told.textContent = mark.getAttribute('aria-label');
    mark.prepend(told);
    for (const name of ['tabindex', 'class', 'data-mark', 'data-href', 'data-link', 'role', 'aria-label'])
      mark.removeAttribute(name);
  }
  copy.setAttribute('xmlns', SVG);
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(whole));
  copy.setAttribute('viewBox', `${-PADDING} ${-head} ${width} ${whole}`);
  const ground = document.createElementNS(SVG, 'rect');
  for (const [name, value] of Object.entries({
    x: -PADDING,
    y: -head,
    width,
    height: whole,
    fill: 'var(--surface)',
  }))
    ground.setAttribute(name, String(value));
  copy.prepend(ground);
  const write = (text: string, y: number, size: number, fill: string, weight: string) => {
    const line = document.createElementNS(SVG, 'text');
    for (const [name, value] of Object.entries({ x: 0, y, 'font-size': size, fill, 'font-weight': weight }))
      line.setAttribute(name, String(value));
    line.textContent = text;
    copy.append(line);
  };
  for (const [index, line] of title.entries())
    write(line, -head + PADDING + 12 + index * 20, 15, 'var(--ink)', '600');
  for (const [index, line] of notes.entries())
    write(line, height + 14 + index * LINE, 11, 'var(--ink-2)', '400');
  return { text: textOfPicture(copy), width, height: whole };
}
