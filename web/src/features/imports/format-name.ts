const NAMES: Readonly<Record<string, string>> = {
  'inspect-json': 'Inspect log (JSON)',
  'inspect-eval': 'Inspect log (.eval)',
  'lm-eval-results': 'lm-evaluation-harness results',
  'lm-eval-samples': 'lm-evaluation-harness samples',
  'agentic-misalignment': 'agentic-misalignment results',
  'every-eval-ever': 'every_eval_ever record',
  'every-eval-ever-samples': 'every_eval_ever samples',
  promptfoo: 'promptfoo results',
  'openai-evals': 'OpenAI evals log',
  'avid-json': 'AVID report (JSON)',
  'avid-jsonl': 'AVID reports (JSON Lines)',
  'aiid-json': 'AI Incident Database (JSON)',
  'aiid-jsonl': 'AI Incident Database (JSON Lines)',
  'aiid-csv': 'AI Incident Database (CSV)',
  'lineage-jsonl': 'Lineage (JSON Lines)',
  'lineage-csv': 'Lineage (CSV)',
  'documents-jsonl': 'Documents (JSON Lines)',
  'documents-csv': 'Documents (CSV)',
  unknown: 'Unknown',
};

/** A file's format as people call it; one that is not known here, as the server calls it. */
export const formatName = (format: string) => NAMES[format] ?? format;
