import type { Remote } from '../../testkit/remote.ts';
import { hostileLog } from './hostile-log.ts';
import { HOSTILE_TEXTS } from './hostile-texts.ts';
import { chunks, inTurns } from './hostile-world.ts';

/** Of which the name is made one, but no title or warning: no text on record holds that character. */
export const WITH_NUL = 'n\u0000<script>pwned(1)';

/** Of a file's name only what stands behind the last slash is kept: most have none, and some have. */
export const HOSTILE_FILE_NAMES: readonly string[] = [
  ...chunks(
    150,
    HOSTILE_TEXTS.filter((text) => !/[/\\]/.test(text)),
  ),
  ...HOSTILE_TEXTS.filter((text) => /[/\\]/.test(text)).slice(0, 12),
  '.',
  '..',
  '',
  '\u202e\u0007',
  WITH_NUL,
];

/** Content as a browser would run it, were it ever given it as what it says it is. */
const MEDIA_TYPES = [
  'text/html',
  'image/svg+xml',
  'application/xhtml+xml',
  'text/javascript',
  'text/markdown; charset=utf-8',
  'application/json',
  'image/png',
  'text/plain',
];

export interface HostileFiles {
  /** The page of the incident that has them as evidence, and the addresses they are fetched from. */
  incident: string;
  evidence: string[];
  /** The page of the incident that a report told of. */
  reported: string;
  /** The pages of what was brought in: imports, the run, its samples, what names it. */
  imports: string[];
  run: string;
  samples: string[];
  /** The sample whose transcript has all texts. */
  transcript: string;
  /** What the API would not take: where, and with which words. */
  refused: string[];
}

const CONTENT =
  '<!doctype html><svg xmlns="http://www.w3.org/2000/svg" onload="pwned(1)"><script>pwned(1)</script></svg>';

/** Sends files under hostile names, with hostile content, as evidence and to be imported; all of it public. */
export async function writeHostileFiles(remote: Remote): Promise<HostileFiles> {
  const refused: string[] = [];
  const { key, evidence } = await writeEvidence(remote, refused);
  const imports = await inTurns(HOSTILE_FILE_NAMES, async (name, i) => {
    const body = JSON.stringify({ version: 2, status: name, eval: { [name]: i } });
    return (await remote.bringIn({ name, body, visibility: 'PUBLIC' })).id;
  });
  const log = await remote.bringIn({
    name: HOSTILE_FILE_NAMES[0]!,
    body: JSON.stringify(hostileLog()),
    visibility: 'PUBLIC',
  });
  if (log.status !== 201) refused.push(`log: ${JSON.stringify(log)}`);
  const report = await remote.bringIn({
    name: HOSTILE_FILE_NAMES[1]!,
    body: JSON.stringify(hostileReport()),
    visibility: 'PUBLIC',
  });
  if (report.status !== 201) refused.push(`report: ${JSON.stringify(report)}`);
  const run = `/eval-runs/${encodeURIComponent(log.evalRuns[0]!.replace('eval-run:', ''))}`;
  const sample = (text: string) => `${run}/samples/${encodeURIComponent(text)}`;
  return {
    incident: `/incidents/${key}`,
    evidence,
    reported: `/incidents/${report.incidents[0]!.replace('incident:', '')}`,
    imports: [...imports, log.id, report.id].map((id) => `/imports/${id}`),
    run,
    samples: HOSTILE_TEXTS.filter((_, i) => i % 10 === 3).map(sample),
    transcript: sample(HOSTILE_TEXTS[0]!),
    refused,
  };
}

async function writeEvidence(remote: Remote, refused: string[]) {
  const { incident } = await remote.write(
    'fileIncident',
    {
      title: 'Files',
      summary: 'Of hostile names.',
      setting: 'RED_TEAM',
      severity: 'LOW',
      visibility: 'PUBLIC',
    },
    'incident { id key }',
  );
  const where = `/evidence?incident=${encodeURIComponent(`incident:${incident.key}`)}&sensitivity=NONE&kind=FILE`;
  const ids = await inTurns(HOSTILE_FILE_NAMES, async (name, i) => {
    const headers: Record<string, string> = {
      'content-type': MEDIA_TYPES[i % MEDIA_TYPES.length]!,
      'x-filename': encodeURIComponent(name),
      'x-warning': encodeURIComponent(name),
      'x-citation': encodeURIComponent(
        JSON.stringify({ source: name || 'none', certainty: 'PRIMARY', quote: name }),
      ),
      // Every other one is titled by the name of its file.
      ...(i % 2 === 0 ? {} : { 'x-title': encodeURIComponent(`t ${name}`) }),
    };
    const response = await remote.post(where, headers, `${CONTENT}<!-- ${i} -->`);
    const answer = await response.json();
    if (response.status === 201) return answer.id as string;
    refused.push(`evidence ${JSON.stringify(name)}: ${response.status} ${answer.error.message}`);
    return null;
  });
  return {
    key: incident.key as string,
    evidence: ids.flatMap((id) => (id === null ? [] : [`/api/evidence/${id}`])),
  };
}

/** A report of AVID with the texts wherever it has words. */
function hostileReport() {
  const all = HOSTILE_TEXTS.join(' ');
  const named = HOSTILE_TEXTS.slice(0, 20);
  return {
    data_type: 'AVID',
    data_version: '0.2',
    metadata: { report_id: 'AVID-2025-R0666' },
    affects: { developer: named, deployer: named, artifacts: named.map((name) => ({ type: 'Model', name })) },
    problemtype: {
      classof: 'LLM Evaluation',
      type: 'Measurement',
      description: { lang: 'eng', value: HOSTILE_TEXTS[0] },
    },
    references: HOSTILE_TEXTS.map((label) => ({ label, url: label })),
    description: { lang: 'eng', value: all },
    impact: {
      avid: {
        risk_domain: named,
        sep_view: named,
        lifecycle_view: named,
        taxonomy_version: '0.2',
      },
    },
    credit: named.map((value) => ({ lang: 'eng', value })),
    reported_date: '2025-03-01',
  };
}
