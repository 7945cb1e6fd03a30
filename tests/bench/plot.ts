export interface Mark {
  label: string;
  note: string;
  /** The figure and its target, in words. */
  told: string;
  /** How many times as good as asked: 1 is just met. Above 0. */
  factor: number;
}

const WIDTH = 1040;
const LEFT = 400;
const RIGHT = 270;
const ROW = 34;
const TOP = 48;

const STYLE = `text{font:13px system-ui,sans-serif;fill:#1f2328}.note{font-size:11px;fill:#59636e}.axis{stroke:#d1d9e0}
.bound{stroke:#1f2328;stroke-dasharray:4 3}.met{fill:#1a7f37}.missed{fill:none;stroke:#bc4c00;stroke-width:2}.way{stroke:#afb8c1}
@media (prefers-color-scheme:dark){text{fill:#e6edf3}.note{fill:#9198a1}.axis{stroke:#3d444d}.bound{stroke:#e6edf3}
.met{fill:#3fb950}.missed{stroke:#f0883e}.way{stroke:#656c76}}`;

/** Each mark on a line of its own, by powers of two of how many times as good as asked it is: an SVG, whole. */
export function plot(marks: readonly Mark[]): string {
  const powers = marks.map(({ factor }) => Math.log2(factor));
  const [least, most] = [Math.floor(Math.min(-1, ...powers)), Math.ceil(Math.max(1, ...powers))];
  const x = (power: number) => LEFT + ((power - least) / (most - least)) * (WIDTH - LEFT - RIGHT);
  const height = TOP + marks.length * ROW + 24;
  const step = Math.ceil((most - least) / 8);
  const ticks = Array.from({ length: most - least + 1 }, (_, i) => least + i).filter((p) => p % step === 0);
  const axis = ticks.map((power) => {
    const told = power >= 0 ? `${2 ** power}×` : `1/${2 ** -power}`;
    return `<line class="axis" x1="${x(power)}" x2="${x(power)}" y1="${TOP - 8}" y2="${height - 16}"/>
<text class="note" text-anchor="middle" x="${x(power)}" y="${TOP - 16}">${told}</text>`;
  });
  const rows = marks.map((mark, i) => {
    const y = TOP + i * ROW + ROW / 2;
    const at = x(powers[i]!);
    const met = mark.factor >= 1;
    const shape = met
      ? `<circle class="met" cx="${at}" cy="${y}" r="6"/>`
      : `<rect class="missed" x="${at - 5}" y="${y - 5}" width="10" height="10"/>`;
    return `<text x="0" y="${y - 1}">${escaped(cut(mark.label))}</text><text class="note" x="0" y="${y + 13}">${escaped(mark.note)}</text>
<line class="way" x1="${x(0)}" x2="${at}" y1="${y}" y2="${y}"/>${shape}
<text class="note" x="${WIDTH - RIGHT + 12}" y="${y + 4}">${escaped(mark.told)}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="Figures as multiples of their targets">
<style>${STYLE}</style>
${axis.join('\n')}
<line class="bound" x1="${x(0)}" x2="${x(0)}" y1="${TOP - 8}" y2="${height - 16}"/>
${rows.join('\n')}
<text class="note" x="${x(0)}" y="${height - 2}" text-anchor="middle">just as asked; better to the right</text>
</svg>
`;
}

const cut = (text: string) => (text.length > 58 ? `${text.slice(0, 57)}…` : text);

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
