/** One choice of a statement for each thing that several parties speak of. */
export class Choice {
  readonly made = new Map<string, number>();
  /** In the order in which they were first needed, with how many there were to choose from. */
  readonly order: { key: string; among: number }[] = [];

  constructor(private readonly script: readonly number[]) {}

  /** The same answer whenever one choice is asked for the same thing. */
  of<T>(key: string, among: readonly T[]): T {
    let index = this.made.get(key);
    if (index === undefined) {
      index = this.script[this.order.length] ?? 0;
      this.made.set(key, index);
      this.order.push({ key, among: among.length });
    }
    return among[index]!;
  }
}

/** What a computation answers under every choice there is, one after the other. */
export function underEveryChoice<T>(compute: (choice: Choice) => T, most = 4096): T[] {
  const answers: T[] = [];
  let script: number[] | null = [];
  while (script) {
    if (answers.length >= most) throw new Error(`More than ${most} choices.`);
    const choice: Choice = new Choice(script);
    answers.push(compute(choice));
    const taken = choice.order.map(({ key }) => choice.made.get(key)!);
    let last = taken.length - 1;
    while (last >= 0 && taken[last]! + 1 >= choice.order[last]!.among) last--;
    script = last < 0 ? null : [...taken.slice(0, last), taken[last]! + 1];
  }
  return answers;
}
