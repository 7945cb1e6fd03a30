/** Times of one thing that was done many times, in ms. */
export class Times {
  private readonly all: number[] = [];

  async of<T>(work: () => Promise<T> | T): Promise<T> {
    const begun = performance.now();
    const answer = await work();
    this.all.push(performance.now() - begun);
    return answer;
  }

  add(ms: number): void {
    this.all.push(ms);
  }

  at(share: number): number {
    const sorted = [...this.all].sort((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  }

  get told(): string {
    return `${ms(this.at(0.5))} / ${ms(this.at(0.9))}`;
  }
}

export const ms = (value: number) => (value >= 10 ? value.toFixed(1) : value.toFixed(3));

/** One line of the result: what was measured, against what, and what it should be. */
export interface Line {
  what: string;
  measured: string;
  against: string;
  ratio: string;
  target: string;
  met: boolean | null;
}

export function table(lines: readonly Line[]): string {
  const head = ['what', 'measured', 'against', 'ratio', 'target', 'met'];
  const rows = lines.map((line) => [
    line.what,
    line.measured,
    line.against,
    line.ratio,
    line.target,
    line.met === null ? '–' : line.met ? 'yes' : 'no',
  ]);
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
}
