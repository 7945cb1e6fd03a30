// Under what a task was run: whatever makes its figures another measurement than those of the same task elsewhere.
import { shortDigest } from '../formats/plan-run.ts';
import type { JsonObject } from '../inspect/inspect-log.ts';
import type { JsonValue } from '../inspect/json-value.ts';
import { asCount, asNumber, asText, finite, member } from '../inspect/plain-values.ts';
import type { ResultsMaterial, TaskRow } from './results-material.ts';

/** Null where the file states nothing of it. */
export function conditionOf(
  material: ResultsMaterial,
  key: string,
  row: TaskRow,
): { name: string; factors: JsonObject } | null {
  const { settings, top } = material;
  const words: string[] = [];
  const factors: JsonObject = {};
  const add = (factor: string, value: JsonValue, words_: string) => {
    factors[factor] = value;
    words.push(words_);
  };
  const shots = shotsOf(material, key) ?? shotsOf(material, row.task);
  if (shots !== null) add('nShot', shots, `${shots}-shot`);
  if (row.prompt !== null) add('prompt', row.prompt, `prompt ${row.prompt}`);
  const limit = asNumber(settings.limit);
  if (limit !== null && limit > 0 && !takesAll(material, key))
    add('limit', limit, limit < 1 ? `first ${limit * 100} % of samples` : `first ${limit} samples`);
  const template = asText(top.get('chat_template_sha'));
  if (template !== null) add('chatTemplate', template, `chat template ${template.slice(0, 8)}`);
  const instruction = asText(top.get('system_instruction_sha'));
  if (instruction !== null)
    add('systemInstruction', instruction, `system instruction ${instruction.slice(0, 8)}`);
  if (top.get('fewshot_as_multiturn') === true && shots !== 0)
    add('fewshotAsMultiturn', true, 'shots as turns');
  const generation = settings.gen_kwargs;
  if (isStated(generation)) {
    const stated = finite(generation);
    add('generation', stated, `generation ${shortDigest(JSON.stringify(stated))}`);
  }
  return words.length === 0 ? null : { name: words.join(', '), factors };
}

/** A limit that lies above the number of samples limits nothing. */
function takesAll({ sections }: ResultsMaterial, key: string): boolean {
  const counts = sections.get('n-samples')?.get(key);
  const [original, effective] = [asCount(member(counts, 'original')), asCount(member(counts, 'effective'))];
  return original !== null && original === effective;
}

function isStated(value: JsonValue | undefined): value is JsonValue {
  if (value === undefined || value === null || value === '') return false;
  return typeof value !== 'object' || Object.keys(value).length > 0;
}

function shotsOf({ sections, settings }: ResultsMaterial, key: string): number | null {
  const stated = sections.get('n-shot')?.get(key);
  return (
    asCount(stated) ??
    asCount(member(sections.get('configs')?.get(key), 'num_fewshot')) ??
    asCount(settings.num_fewshot)
  );
}
