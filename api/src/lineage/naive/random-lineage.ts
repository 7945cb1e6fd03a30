import type { CountClaim, LineageRows, TagMeasurement } from '../graph.ts';
import {
  AMOUNT_UNITS,
  type AmountUnit,
  MEASUREMENT_METHODS,
  TRAINING_STAGES,
  TRANSFORMATION_EFFECTS,
} from '../kinds.ts';
import { SmallWorld } from '../small-world.ts';

/** Where chance comes from: a whole number from 0, below `n`. */
export type Draw = (n: number) => number;

const COUNTED: readonly AmountUnit[] = AMOUNT_UNITS.filter((unit) => unit !== 'FRACTION');
const TAGS = [1001n, 1002n];

/** Makes up lineages small enough to walk every path of, in which every rule of a share is met. */
class RandomLineage {
  readonly world = new SmallWorld();
  private readonly materials: bigint[] = [];
  private readonly writers: bigint[] = [];
  private readonly transformations: bigint[] = [];
  /** What each transformation can have used: nothing that it made itself, since that would close a circle. */
  private readonly before = new Map<bigint, readonly bigint[]>();
  private readonly trained: bigint[] = [];
  private measured = 0;

  constructor(private readonly draw: Draw) {}

  private chance(percent: number): boolean {
    return this.draw(100) >= 100 - percent;
  }

  private pick<T>(from: readonly T[]): T {
    return from[this.draw(from.length)]!;
  }

  private some<T>(from: readonly T[], most: number): T[] {
    const left = [...from];
    const picked: T[] = [];
    for (let n = 1 + this.draw(most); n > 0 && left.length > 0; n--) {
      picked.push(...left.splice(this.draw(left.length), 1));
    }
    return picked;
  }

  private counts(): CountClaim[] {
    return COUNTED.filter(() => this.chance(50)).flatMap((unit) => {
      const value = 10 * (1 + this.draw(5));
      return this.chance(8)
        ? [
            { unit, value },
            { unit, value: value + 1 },
          ]
        : [{ unit, value }];
    });
  }

  private tags(): TagMeasurement[] {
    const methods = this.pick([2, 5]);
    return TAGS.filter(() => this.chance(40)).flatMap((tag) =>
      Array.from({ length: this.pick([1, 1, 2, 4]) }, () => {
        const fraction = (1 + this.draw(8)) / 10;
        const exact = this.chance(50);
        return {
          id: BigInt(++this.measured),
          tag,
          fraction,
          unit: this.chance(75) ? ('TOKENS' as const) : this.pick(AMOUNT_UNITS),
          lower: exact ? null : fraction - 0.05,
          upper: exact ? null : fraction + 0.1,
          method: this.pick(MEASUREMENT_METHODS.slice(0, methods)),
          measuredAt: this.chance(20) ? null : this.measured * 7 - 40 * this.draw(2),
        };
      }),
    );
  }

  private fractions(inputs: readonly bigint[]): [bigint, number | null][] {
    const parts = inputs.map(() => (this.chance(8) ? 0 : 1 + this.draw(4)));
    const whole = Math.max(
      1,
      parts.reduce((sum, part) => sum + part, 0),
    );
    const past = this.pick([1, 1, 1, 0.75, 0.5, 1.0005, 1.02]);
    return inputs.map((of, i) => [of, this.chance(12) ? null : (past * parts[i]!) / whole]);
  }

  private amounts(inputs: readonly bigint[], unit: AmountUnit): [bigint, number | null, AmountUnit | null][] {
    return inputs.map((of) => {
      if (this.chance(15)) return [of, null, null];
      const other = this.pick(COUNTED);
      if (this.chance(65) || other === unit) return [of, 10 * (this.chance(6) ? 0 : 1 + this.draw(9)), null];
      const count = this.world.nodes.find((node) => node.id === of)!.counts?.find((c) => c.unit === other);
      const whole = count && this.chance(80);
      return [of, whole ? count.value * (1 + this.draw(3)) : 7 + this.draw(3), other];
    });
  }

  /** One party's statement of what a node, or one output of it, was made of. */
  private state(node: bigint, output?: bigint): void {
    const known = this.before.get(node) ?? this.materials;
    const inputs = this.some(this.chance(50) ? known.slice(-3) : known, 3);
    const inFractions = this.chance(40);
    const unit = inFractions ? 'FRACTION' : this.pick(COUNTED);
    const amounts = inFractions ? this.fractions(inputs) : this.amounts(inputs, unit);
    const sum = amounts.reduce((total, [, amount]) => total + (amount ?? 0), 0);
    const past = this.pick([1, 1, 1.5, 2, 1 / 1.0005, 1 / 1.02]);
    this.world.made(node, amounts, {
      unit,
      basis: this.chance(25) ? 'READ' : 'CONTRIBUTED',
      complete: this.chance(55),
      inputsHidden: this.chance(12),
      total: inFractions || this.chance(45) || sum === 0 ? null : sum * past,
      teamId: BigInt(1 + this.draw(9)),
      ...(output === undefined ? {} : { output }),
    });
  }

  private bare(kind: 'USED' | 'DERIVED_FROM', node: bigint): void {
    for (const of of this.some(this.materials, 2)) this.world.edge(kind, node, of);
  }

  private written(node: bigint): void {
    for (const by of this.some(this.writers, 2)) this.world.edge('SYNTHESIZED_BY', node, by);
  }

  private transformation(): bigint {
    const made = this.world.node('TRANSFORMATION', { effect: this.pick(TRANSFORMATION_EFFECTS) });
    const how = this.draw(100);
    if (how < 3) return this.remember(made);
    if (how < 15) this.written(made);
    else if (how < 20) this.bare('USED', made);
    else for (let n = this.chance(20) ? 2 : 1; n > 0; n--) this.state(made);
    return this.remember(made);
  }

  private remember(transformation: bigint): bigint {
    this.transformations.push(transformation);
    this.before.set(transformation, [...this.materials]);
    return transformation;
  }

  private dataset(): void {
    const made = this.world.dataset({ counts: this.counts(), tags: this.chance(60) ? this.tags() : [] });
    const how = this.draw(100);
    if (how < 25) {
      if (this.chance(60)) this.written(made);
    } else if (how < 45) {
      if (this.chance(12)) this.bare('DERIVED_FROM', made);
      else for (let n = this.chance(25) ? 2 : 1; n > 0; n--) this.state(made);
    } else {
      const again = this.transformations.length > 0 && this.chance(35);
      const by = again ? this.pick(this.transformations) : this.transformation();
      this.world.edge('GENERATED_BY', made, by);
      if (this.chance(10)) this.world.edge('GENERATED_BY', made, by);
      if (again && this.chance(40)) this.state(by, made);
      if (this.chance(8)) this.state(made);
      if (this.chance(5)) this.world.edge('GENERATED_BY', made, this.transformation());
    }
    this.materials.push(made);
  }

  private run(): void {
    const tokensSeen = this.chance(75) ? [1000 * (1 + this.draw(5))] : [];
    if (this.chance(10)) tokensSeen.push(777);
    const startedFrom = this.pick(['SCRATCH', 'SCRATCH', 'SCRATCH', 'MODEL', 'MODEL', 'UNKNOWN'] as const);
    const run = this.world.run({ stage: this.pick(TRAINING_STAGES), startedFrom, tokensSeen });
    if (startedFrom !== 'SCRATCH' && this.trained.length > 0 && this.chance(80)) {
      for (const of of this.some(this.trained, 2)) this.world.edge('INITIALIZED_FROM', run, of);
    }
    const how = this.draw(100);
    if (how < 12) this.world.made(run, [], { complete: true, inputsHidden: this.chance(30) });
    else if (how < 17) this.bare('USED', run);
    else if (how < 92) for (let n = this.chance(20) ? 2 : 1; n > 0; n--) this.state(run);
    this.trained.push(run);
    for (let n = this.pick([1, 1, 1, 2]); n > 0; n--) {
      const amount = this.chance(35) ? 1000 * (1 + this.draw(5)) : null;
      const model = this.world.model(run, amount);
      if (this.chance(15)) {
        const alike = this.chance(50) ? amount : this.pick([null, 1000, 2000] as const);
        this.world.edge('GENERATED_BY', model, run, alike);
      }
      this.trained.push(model);
    }
  }

  make(): { rows: LineageRows; model: bigint } {
    const counted = () => ({ counts: this.counts() });
    for (let n = 1 + this.draw(4); n > 0; n--) this.materials.push(this.world.node('SOURCE', counted()));
    for (let n = 1 + this.draw(2); n > 0; n--) this.writers.push(this.world.node('MODEL_VERSION'));
    if (this.chance(20)) this.trained.push(this.writers[0]!);
    for (let n = 1 + this.draw(7); n > 0; n--) this.dataset();
    for (let n = 1 + this.draw(4); n > 0; n--) this.run();
    const rows = this.world.rows();
    // What came first was not always recorded first.
    const nodes = rows.nodes.map((node) =>
      this.chance(40) ? { ...node, recordedAt: 1 + this.draw(rows.nodes.length * 2) } : node,
    );
    return { rows: { ...rows, nodes }, model: this.trained.at(-1)! };
  }
}

/** One lineage, and the model version in it to ask of. */
export function randomLineage(draw: Draw): { rows: LineageRows; model: bigint } {
  return new RandomLineage(draw).make();
}
