import { GraphQLError } from 'graphql';
import type { Context } from '../context.ts';
import { groupRows, loadsMany, loadsOne } from '../platform/loader.ts';
import { log } from '../platform/log.ts';
import { ObjectMissing } from '../platform/object-store.ts';
import { SealError } from '../platform/sealing.ts';
import { readWhole } from '../platform/vault.ts';
import {
  isOpenReveal,
  type RevealRow,
  type SealedEvidence,
  selectEvidence,
  selectEvidenceOf,
  selectReveals,
  selectRevealsOf,
  selectSealed,
} from './evidence.store.ts';
import { isTextual, LARGEST_SHOWN } from './evidence.ts';
import type { EvidenceRow } from './incident.ts';

export type { RevealRow } from './evidence.store.ts';

const byId = <R extends { id: bigint }>(rows: readonly R[]) => new Map(rows.map((row) => [row.id, row]));

export const evidenceById = loadsOne<Context, EvidenceRow>('evidenceById', async (c, ids) =>
  byId(await selectEvidence(c.db, c.viewer, ids)),
);
export const evidenceOfIncident = loadsMany('evidenceOfIncident', async (c: Context, ids) =>
  groupRows(await selectEvidenceOf(c.db, c.viewer, ids), (row) => row.incidentId),
);
export const revealById = loadsOne<Context, RevealRow>('revealById', async (c, ids) =>
  byId(await selectReveals(c.db, c.viewer, ids)),
);
export const revealsOfEvidence = loadsMany('revealsOfEvidence', async (c: Context, ids) =>
  groupRows(await selectRevealsOf(c.db, c.viewer, ids), (row) => row.evidenceId),
);

const AT_ONCE = 4;

/** The text of evidence that is open to whoever may see it; null where it is restricted, too long, or no text. */
export async function textOf(context: Context, evidence: EvidenceRow): Promise<string | null> {
  if (evidence.restricted) return null;
  const open = await context.load(openTexts, evidence.id);
  return open === null ? null : open();
}

/** Each gives its text or throws why there is none: one object that is damaged takes no other text with it. */
const openTexts = loadsOne<Context, () => string | null>('openTexts', async (context, ids) => {
  const queue = (await selectSealed(context.db, context.viewer, ids)).filter((row) => !row.restricted);
  const texts = new Map<bigint, () => string | null>();
  const work = async () => {
    for (let row = queue.pop(); row !== undefined; row = queue.pop()) {
      const { id } = row;
      const give = await withinBudget(context, row, () => openText(context, row)).then(
        (text) => () => text,
        (error: unknown) => () => {
          throw error;
        },
      );
      texts.set(id, give);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return texts;
});

/** How much text one request may have opened, in bytes: all of it is held in memory until it is answered. */
const LARGEST_ANSWER = 16 * 1024 * 1024;
const opened = new WeakMap<object, number>();

async function withinBudget(
  context: Context,
  row: SealedEvidence,
  open: () => Promise<string | null>,
): Promise<string | null> {
  if (!isShown(row)) return null;
  const bytes = (opened.get(context.loaders) ?? 0) + Number(row.bytes);
  if (bytes > LARGEST_ANSWER)
    // No Refusal: a field without arguments has no input that it could point to.
    throw new GraphQLError('This is more text than is answered at once (16 MiB): ask for less evidence.', {
      extensions: { code: 'BAD_USER_INPUT' },
    });
  opened.set(context.loaders, bytes);
  return open();
}

/** The text that a reveal opens, for whoever gave its reason, as long as it lasts. */
export async function revealedText(
  context: Context,
  reveal: { evidenceId: bigint; revealId: bigint },
): Promise<string | null> {
  const row = await revealedEvidence(context, reveal);
  return row === null ? null : openText(context, row);
}

export async function revealedEvidence(
  context: Context,
  reveal: { evidenceId: bigint; revealId: bigint },
): Promise<SealedEvidence | null> {
  const own = { id: reveal.revealId, evidenceId: reveal.evidenceId };
  if (!(await isOpenReveal(context.db, context.viewer, own))) return null;
  const [row] = await selectSealed(context.db, context.viewer, [reveal.evidenceId]);
  return row ?? null;
}

/** Evidence by id, with what opens it; null where the viewer may not see it. */
export async function sealedEvidence(context: Context, id: bigint): Promise<SealedEvidence | null> {
  const [row] = await selectSealed(context.db, context.viewer, [id]);
  return row ?? null;
}

/** The bytes of evidence, each piece authentic. */
export async function* contentOf(context: Context, row: SealedEvidence): AsyncGenerator<Buffer> {
  if (row.object !== null) yield* context.vault.get(row.object);
  else yield Buffer.from(row.text ?? '', 'utf8');
}

const isShown = (row: SealedEvidence) =>
  row.text !== null || (isTextual(row.mediaType) && row.bytes <= BigInt(LARGEST_SHOWN));

async function openText(context: Context, row: SealedEvidence): Promise<string | null> {
  if (row.text !== null) return row.text;
  if (!isShown(row)) return null;
  try {
    const bytes = await readWhole(contentOf(context, row), LARGEST_SHOWN);
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    // Said to be text, and is none.
    if (error instanceof TypeError) return null;
    if (error instanceof SealError || error instanceof ObjectMissing)
      log.error({ evidence: String(row.id), error: error.message });
    throw error;
  }
}
