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

/** What a figure should be: at least, or at most, so much, in the figure's own unit. */
export interface Goal {
  bound: 'least' | 'most';
  value: number;
}

export const atLeast = (value: number): Goal => ({ bound: 'least', value });
export const atMost = (value: number): Goal => ({ bound: 'most', value });

/** One line of the result: what was measured, against what, and what it should be. */
export interface Line {
  what: string;
  measured: string;
  against: string;
  /** The figure that the goal is about; NaN is none. */
  figure: number;
  /** Of the figure and of its goal alike, as it is written behind them: `×`, ` ms`, `M edges/s`. */
  unit: string;
  goal: Goal | null;
}

const SIGN = { least: '≥', most: '≤' } as const;

export function isMet({ figure, goal }: Line): boolean | null {
  if (goal === null) return null;
  return goal.bound === 'least' ? figure >= goal.value : figure <= goal.value;
}

/** A figure as people read it: three digits that count, or the whole part of a large one. */
export function figureOf({ figure, unit }: Pick<Line, 'figure' | 'unit'>): string {
  if (Number.isNaN(figure)) return '–';
  return `${figure >= 100 ? Math.round(figure).toLocaleString('en') : Number(figure.toPrecision(3))}${unit}`;
}

export const goalOf = ({ goal, unit }: Line): string =>
  goal === null ? '–' : `${SIGN[goal.bound]} ${goal.value}${unit}`;

export function table(lines: readonly Line[]): string {
  const head = ['what', 'measured', 'against', 'figure', 'target', 'met'];
  const rows = lines.map((line) => {
    const met = isMet(line);
    return [
      line.what,
      line.measured,
      line.against,
      figureOf(line),
      goalOf(line),
      met === null ? '–' : met ? 'yes' : 'no',
    ];
  });
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
}
