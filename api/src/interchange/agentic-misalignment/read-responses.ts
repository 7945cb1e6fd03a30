// Results of the agentic-misalignment experiments: one response, or a zip of the tree of them.
import { open } from 'node:fs/promises';
import type { EvalFormat } from '../formats/eval-format.ts';
import { FileReport } from '../formats/file-report.ts';
import { KEPT_AS_DIGEST } from '../formats/input-digest.ts';
import { MemoryBudget } from '../formats/memory-budget.ts';
import type { Outline } from '../formats/outline.ts';
import { PickedFields } from '../formats/picked-fields.ts';
import { inFormat, readJson, SUMMARY_BOUNDS } from '../formats/read-json.ts';
import type { ReadableFile } from '../formats/readable-file.ts';
import { JsonScanner } from '../inspect/json-scanner.ts';
import { DEFAULT_LIMITS } from '../inspect/limits.ts';
import { Refusal } from '../inspect/refusal.ts';
import { type ZipMember, ZipMembers } from '../inspect/zip-members.ts';
import { UnfitLog } from '../plan-values.ts';
import type { FilePlan } from '../planned.ts';
import { planResponses } from './plan-responses.ts';
import { PromptFiles, promptsOf } from './prompt-files.ts';
import { PICKED, placeOf, type Response, responseOf } from './response.ts';

const FORMAT = 'agentic-misalignment';
const RESPONSE = /(?:^|\/)response\.json$/;
const MOST_PROBLEMS = 20;

export const AGENTIC_MISALIGNMENT: EvalFormat = {
  name: 'agentic-misalignment results (response.json, or a zip of the tree)',
  tells,
  read: (file) => inFormat(FORMAT, () => read(file)),
};

function tells({ kind, names, members }: Outline): boolean {
  if (kind === 'zip') return members.some((name) => RESPONSE.test(name));
  if (kind !== 'object') return false;
  const judged = names.get('classification')?.below;
  if (judged?.has('harmful_behavior') || judged?.has('classifier_verdict')) return true;
  return (
    names.has('raw_response') &&
    (names.has('condition') || names.get('metadata')?.below.has('condition') === true)
  );
}

async function read(file: ReadableFile): Promise<FilePlan> {
  const reading = new Reading();
  const single = await beginsAsJson(file);
  if (single) {
    const picked = new PickedFields((field) => PICKED.has(field));
    await readJson(file, FORMAT, picked);
    reading.take(picked, file.folders);
    reading.report.warn(
      'The file is one response, so the run has one sample: send the tree as a zip to have a run a model and condition.',
    );
  } else await reading.takeZip(file.path);
  if (reading.responses.length === 0)
    throw new UnfitLog(
      'Neither the file nor its path says of which model and condition it is: send a zip of the tree, or the file under its path, models/<model>/<scenario>_<goal>_<urgency>/response.json.',
      FORMAT,
      single,
    );
  reading.tellPaths();
  const { responses, report } = reading;
  const runs = planResponses(responses, report, { single, fileDigest: file.digest });
  const plan = { format: FORMAT, source: 'agentic-misalignment results', runs, report: report.toReport() };
  return single && responses[0]!.sampleAssumed ? { ...plan, needsFolders: true } : plan;
}

async function beginsAsJson({ path }: ReadableFile): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const { buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return buffer.toString('latin1') !== 'PK';
  } finally {
    await file.close();
  }
}

class Reading {
  readonly report = new FileReport();
  readonly responses: Response[] = [];
  readonly #fromPath = new Set<string>();
  readonly #contradicted = new Set<string>();
  readonly #budget = new MemoryBudget();
  #broken = 0;
  /** What the prompts of the tree say. */
  #digests: ReadonlyMap<string, string> = new Map();

  take(picked: PickedFields, folders: readonly string[], inputDigest?: string): void {
    const read = responseOf(picked, placeOf(folders));
    const response = read && (inputDigest === undefined ? read : { ...read, inputDigest });
    for (const [field, count] of picked.passed)
      this.report.leaveOut(
        field,
        count,
        'prompts, thoughts and answers stay in the file, which its digest names',
      );
    if (response === null) return;
    if (this.responses.length >= DEFAULT_LIMITS.samples)
      throw new UnfitLog(`The zip holds more than ${DEFAULT_LIMITS.samples} responses.`);
    for (const fact of response.fromPath) this.#fromPath.add(fact);
    for (const fact of response.contradicted) this.#contradicted.add(fact);
    this.#budget.take(response.sample, response.error, response.condition, response.model);
    this.responses.push(response);
    const { report } = this;
    report.keep('metadata.model', 'model under test');
    report.keep('metadata.condition', 'condition: scenario, goal and urgency');
    report.keep('metadata.sample_id', 'id of the sample');
    report.derive('metadata.timestamp', 'the earliest is the start of the run');
    report.derive('classification.harmful_behavior', 'measurement of the behaviour of the scenario');
    report.keep('classification', 'classifier as grader; its own verdict with the sample');
  }

  tellPaths(): void {
    const list = (facts: ReadonlySet<string>) => [...facts].join(' and ');
    if (this.#fromPath.size > 0)
      this.report.warn(
        `The ${list(this.#fromPath)} of some responses stand in their path alone, where these experiments put them: they are taken from there.`,
      );
    if (this.#contradicted.size > 0)
      this.report.warn(
        `The path of some responses tells another ${list(this.#contradicted)} than the file: the file is believed.`,
      );
  }

  /** Nothing is unpacked: a path is read for its names alone, and one that would lead out of the tree refuses the zip. */
  async takeZip(path: string): Promise<void> {
    const zip = await ZipMembers.open(path, DEFAULT_LIMITS);
    try {
      const members: ZipMember[] = [];
      const prompts = new PromptFiles();
      let astray = null as string | null;
      await zip.list((member) => {
        const parts = member.name.split('/');
        if (member.name.startsWith('/') || /[\\\0]/.test(member.name) || parts.includes('..'))
          astray ??= JSON.stringify(member.name.slice(0, 100));
        else if (RESPONSE.test(member.name)) members.push(member);
        else if (!member.name.endsWith('/')) {
          prompts.add(member);
          this.#otherMember(member.name);
        }
      });
      if (astray !== null)
        throw new UnfitLog(`The zip holds a member whose path leads out of it: ${astray}.`);
      this.#digests = await prompts.digests(zip);
      if (this.#digests.size > 0) this.report.derive('prompts/', KEPT_AS_DIGEST);
      for (const member of members) await this.#takeMember(zip, member);
    } finally {
      zip.close();
    }
    if (this.#broken > 0)
      this.report.leaveOut('response.json', this.#broken, 'no JSON, or of no model and condition');
  }

  async #takeMember(zip: ZipMembers, member: ZipMember): Promise<void> {
    const picked = new PickedFields((field) => PICKED.has(field));
    const scanner = new JsonScanner(picked, SUMMARY_BOUNDS);
    let problem = null as string | null;
    const attempt = (work: () => void) => {
      if (problem !== null) return;
      try {
        work();
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        problem = error.message;
      }
    };
    // What is wrong with the zip refuses it; what is wrong with one response leaves that one out.
    await zip.read(member, (chunk) => attempt(() => scanner.write(chunk)));
    attempt(() => scanner.end());
    const before = this.responses.length;
    const folders = member.name.split('/').slice(0, -1);
    if (problem === null) this.take(picked, folders, promptsOf(this.#digests, folders));
    if (this.responses.length > before) return;
    this.#broken += 1;
    if (this.#broken <= MOST_PROBLEMS)
      this.report.warn(`${member.name} is left out: ${problem ?? 'it is of no model and condition.'}`);
  }

  #otherMember(name: string): void {
    const prompts = /(?:^|\/)prompts\//.test(name);
    this.report.leaveOut(
      prompts ? 'prompts/' : name.slice(name.lastIndexOf('/') + 1).slice(0, 100),
      1,
      prompts ? 'prompts stay in the zip, which its digest names' : 'no response',
    );
  }
}
