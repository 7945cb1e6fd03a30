// Which model was tested, from what the harness was told to load.
import { fixedRevision } from '../datasets/stated-dataset.ts';
import type { FileReport } from '../formats/file-report.ts';
import { unspecified } from '../formats/plan-run.ts';
import type { JsonObject } from '../inspect/inspect-log.ts';
import type { JsonValue } from '../inspect/json-value.ts';
import { asText } from '../inspect/plain-values.ts';
import { UnfitLog } from '../plan-values.ts';
import type { PlannedModel } from '../planned.ts';
import type { ResultsMaterial } from './results-material.ts';

/**
 * The arguments in the order in which the harness itself takes a model's name from them
 * (lm_eval/loggers/evaluation_tracker.py), then `load`, which the GPT-NeoX library names its checkpoint folder by.
 */
const NAMING = ['peft', 'delta', 'pretrained', 'model', 'path', 'engine', 'load'] as const;
const ADAPTERS = new Set(['peft', 'delta']);
const STEPS = ['iteration', 'step', 'checkpoint'] as const;
/** Words for how a model is loaded, which name none. */
const LOADERS =
  /^(?:hf|huggingface|vllm|sglang|neox|gguf|ggml|nemo_lm|dummy|textsynth)\b|-completions$|^local-/i;
/** The arguments as names and scalars; text of the form `name=value,name=value` is what the command line takes. */
export function parseArguments(stated: JsonValue | undefined, report: FileReport): JsonObject {
  if (typeof stated === 'string') {
    const parts = stated.split(',').flatMap((part) => {
      const at = part.indexOf('=');
      return at < 1 ? [] : [[part.slice(0, at).trim(), part.slice(at + 1).trim()] as const];
    });
    return Object.fromEntries(parts.filter(([name]) => name !== '__proto__'));
  }
  if (stated === null || typeof stated !== 'object' || Array.isArray(stated)) return {};
  const kept: [string, JsonValue][] = [];
  for (const [name, value] of Object.entries(stated)) {
    if (value === null || name === '__proto__') continue;
    if (typeof value !== 'object') kept.push([name, value]);
    else report.leaveOut('model_args', 1, 'settings of the training code, nested in the arguments');
  }
  return Object.fromEntries(kept);
}

/**
 * The model as the file names it: never guessed from a folder or the file's own name. Its version is the revision
 * that was asked for, else a training step, else the commit that was loaded, else "unspecified".
 * Throws UnfitLog where no model is named.
 */
export function modelOf(material: ResultsMaterial, args: JsonObject, report: FileReport): PlannedModel {
  const from = NAMING.find((name) => asText(args[name]) !== null);
  const name =
    asText(material.top.get('model_name')) ??
    (from === undefined ? null : asText(args[from])) ??
    soleConfiguration(material, report) ??
    loaderOf(material, report);
  if (name === null)
    throw new UnfitLog(
      'The file names no model (neither model_name nor model_args does), and an eval run is of one: record its figures as reported results.',
    );
  if (/^(?:[/~\\]|\.\.?[/\\]|[A-Za-z]:\\)/.test(name)) {
    const last = name.split(/[/\\]+/).filter((part) => part !== '');
    report.warn(
      `The file names the model by a path, ${name}, and is taken at its word; its end, ${last.slice(-2).join('/')}, may be what it is called elsewhere.`,
    );
  }
  const version = versionOf(material, args, from !== undefined && ADAPTERS.has(from), report);
  return version === null ? unspecified(name, report) : { name, version };
}

function versionOf(
  { settings }: ResultsMaterial,
  args: JsonObject,
  adapter: boolean,
  report: FileReport,
): string | null {
  if (adapter) {
    report.warn(
      'The model is an adapter on another: that one is in the metadata of the run, as modelArgs.pretrained.',
    );
    return asText(settings.peft_sha) ?? asText(settings.delta_sha);
  }
  const revision = fixedRevision(asText(args.revision));
  if (revision !== null) return revision;
  const step = STEPS.map((name) => asText(args[name])).find((stated) => stated !== null);
  if (step !== undefined && step !== null) return /^\d+$/.test(step) ? `step${step}` : step;
  const loaded = fixedRevision(asText(settings.model_revision));
  if (loaded !== null) return loaded;
  return asText(settings.model_sha);
}

/** Some forks name the model by the one configuration file it was made from. */
function soleConfiguration({ top }: ResultsMaterial, report: FileReport): string | null {
  const args = top.get('model_args');
  if (args === null || typeof args !== 'object' || Array.isArray(args)) return null;
  const files = args?.config_files;
  if (files === null || typeof files !== 'object' || Array.isArray(files)) return null;
  const [only, ...others] = Object.keys(files);
  if (only === undefined || others.length > 0) return null;
  report.warn(
    `The file names its model by a configuration file alone, ${only}: whether that is a baseline or an intervention, and of which series, it does not say.`,
  );
  return only;
}

function loaderOf({ settings }: ResultsMaterial, report: FileReport): string | null {
  const loader = asText(settings.model);
  if (loader === null || LOADERS.test(loader)) return null;
  report.warn(`The file names no model but what loaded it, ${loader}: it is recorded under that name.`);
  return loader;
}
