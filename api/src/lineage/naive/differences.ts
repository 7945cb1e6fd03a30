import type { Exposure, ExposureShare, StageExposure } from '../exposure.ts';
import type { Answer, Range, StageAnswer } from './exposure.ts';

const CLOSE = 1e-9;

function unlike(what: string, quick: unknown, naive: unknown): string[] {
  const alike =
    typeof quick === 'number' && typeof naive === 'number'
      ? Math.abs(quick - naive) <= CLOSE
      : quick === naive;
  return alike ? [] : [`${what}: ${quick}, but naively ${naive}`];
}

function ranges(
  what: string,
  quick: readonly (readonly [key: string, least: number, most: number])[],
  naive: ReadonlyMap<string, Range>,
  absent: Range | null,
): string[] {
  const of = new Map(quick.map(([key, least, most]) => [key, [least, most] as const]));
  if (of.size < quick.length) return [`${what}: something is told twice`];
  return [...new Set([...of.keys(), ...naive.keys()])].flatMap((key) => {
    const [one, other] = [of.get(key) ?? absent, naive.get(key) ?? absent];
    return [
      ...unlike(`${what} ${key}, least`, one?.[0], other?.[0]),
      ...unlike(`${what} ${key}, most`, one?.[1], other?.[1]),
    ];
  });
}

const told = (shares: readonly ExposureShare[]) =>
  shares.map((share) => [`${share.groupKind}:${share.group}`, share.share, share.shareUpper] as const);

function stageDifferences(
  what: string,
  quick: StageExposure,
  naive: StageAnswer,
  absent: Range | null,
): string[] {
  const losses = quick.losses.map((l) => [`${l.node} ${l.reason}`, l.share, l.shareUpper] as const);
  const tokens = quick.shares.flatMap((share) => {
    const least = naive.shares.get(`${share.groupKind}:${share.group}`)?.[0] ?? 0;
    if (naive.tokens === null || share.tokens === null) {
      return unlike(`${what} tokens of ${share.group}`, share.tokens, naive.tokens);
    }
    const exact = least * naive.tokens;
    return Math.abs(share.tokens - exact) <= 0.5 + CLOSE * naive.tokens
      ? []
      : [`${what} tokens of ${share.group}: ${share.tokens}, but naively ${exact}`];
  });
  return [
    ...unlike(`${what} run`, quick.trainingRun, naive.run),
    ...unlike(`${what} tokens`, quick.tokens, naive.tokens),
    ...unlike(`${what} no data`, quick.noData, naive.noData),
    ...unlike(`${what} averaged`, quick.averaged, naive.averaged),
    ...unlike(`${what} scaled`, quick.scaled, naive.scaled),
    ...unlike(`${what} assumed`, quick.assumed, naive.assumed),
    ...ranges(`${what} share`, told(quick.shares), naive.shares, absent),
    ...unlike(`${what} unaccounted`, quick.unaccounted, naive.unaccounted[0]),
    ...unlike(`${what} unaccounted at most`, quick.unaccountedUpper, naive.unaccounted[1]),
    ...ranges(`${what} loss`, losses, naive.losses, [0, 0]),
    ...tokens,
  ];
}

/** What the quick computation and the naive one say differently, in words. */
export function differences(quick: Exposure, naive: Answer): string[] {
  const absent: Range | null = quick.by === 'CONTENT_TAG' ? null : [0, 0];
  const order = unlike(
    'stages',
    quick.stages.map((stage) => stage.trainingRun ?? 'not recorded').join(),
    naive.stages.map((stage) => stage.run ?? 'not recorded').join(),
  );
  if (order.length > 0) return order;
  const { pooled } = naive;
  return [
    ...quick.stages.flatMap((stage, i) => stageDifferences(`stage ${i}`, stage, naive.stages[i]!, absent)),
    ...unlike('tokens', quick.tokens, naive.tokens),
    ...unlike('pooled', quick.pooled === null, pooled === null),
    ...(quick.pooled && pooled ? ranges('pooled', told(quick.pooled), pooled, absent) : []),
  ];
}
