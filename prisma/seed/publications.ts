/** The publications that the example data is taken from. Addresses stand here only where they are known for sure. */
const PUBLICATIONS = {
  systemCard: { source: 'System card: Claude Opus 4 and Claude Sonnet 4 (Anthropic, May 2025)' },
  agenticMisalignment: {
    source:
      'Agentic Misalignment: How LLMs Could Be Insider Threats (Anthropic, June 2025; arXiv 2510.05179)',
    url: 'https://arxiv.org/abs/2510.05179',
  },
  agenticMisalignmentPort: { source: 'A port of Agentic Misalignment to another evaluation framework' },
  teachingClaudeWhy: {
    source: 'Teaching Claude Why (Anthropic, 8 May 2026)',
    url: 'https://www.anthropic.com/research/teaching-claude-why',
  },
  press: { source: 'Press coverage of Teaching Claude Why, May 2026' },
  tice: {
    source:
      'Tice et al., Alignment Pretraining: AI Discourse Causes Self-Fulfilling (Mis)alignment (arXiv 2601.10160)',
    url: 'https://arxiv.org/abs/2601.10160',
  },
  pileReadme: {
    source: 'README of EleutherAI/the-pile',
    url: 'https://github.com/EleutherAI/the-pile',
  },
  pythiaReadme: { source: 'README of EleutherAI/pythia', url: 'https://github.com/EleutherAI/pythia' },
  pythiaPaper: {
    source:
      'Pythia: A Suite for Analyzing Large Language Models Across Training and Scaling (arXiv 2304.01373)',
    url: 'https://arxiv.org/abs/2304.01373',
  },
  pythiaEvals: {
    source: 'Evaluation results in EleutherAI/pythia',
    url: 'https://github.com/EleutherAI/pythia',
  },
  pythiaInterventionCard: {
    source: 'Model card of EleutherAI/pythia-intervention-410m-deduped',
    url: 'https://huggingface.co/EleutherAI/pythia-intervention-410m-deduped',
  },
  pythiaLongInterventionCard: {
    source: 'Model card of EleutherAI/pythia-intervention-long-1.4b-deduped',
    url: 'https://huggingface.co/EleutherAI/pythia-intervention-long-1.4b-deduped',
  },
  olmoMixCard: {
    source: 'Dataset card of allenai/olmo-mix-1124',
    url: 'https://huggingface.co/datasets/allenai/olmo-mix-1124',
  },
  olmoConfigs: {
    source: 'Official training configurations in allenai/OLMo (configs/official-1124)',
    url: 'https://github.com/allenai/OLMo',
  },
  olmoReadme: { source: 'README of allenai/OLMo', url: 'https://github.com/allenai/OLMo' },
  olmoCard: {
    source: 'Model card of allenai/OLMo-2-1124-7B',
    url: 'https://huggingface.co/allenai/OLMo-2-1124-7B',
  },
  olmoInstructCard: {
    source: 'Model card of allenai/OLMo-2-1124-7B-Instruct',
    url: 'https://huggingface.co/allenai/OLMo-2-1124-7B-Instruct',
  },
  tuluCard: {
    source: 'Dataset card of allenai/tulu-3-sft-mixture',
    url: 'https://huggingface.co/datasets/allenai/tulu-3-sft-mixture',
  },
  tuluConfigs: {
    source: 'SFT configurations in allenai/open-instruct',
    url: 'https://github.com/allenai/open-instruct',
  },
  preferenceMixCard: {
    source: 'Dataset card of allenai/olmo-2-1124-7b-preference-mix',
    url: 'https://huggingface.co/datasets/allenai/olmo-2-1124-7b-preference-mix',
  },
  claude4News: { source: 'Introducing Claude 4 (Anthropic)', url: 'https://www.anthropic.com/news/claude-4' },
  gpt4oNews: { source: 'Hello GPT-4o (OpenAI)', url: 'https://openai.com/index/hello-gpt-4o/' },
  gpt41News: {
    source: 'Introducing GPT-4.1 in the API (OpenAI)',
    url: 'https://openai.com/index/gpt-4-1/',
  },
  o3News: {
    source: 'Introducing OpenAI o3 and o4-mini (OpenAI)',
    url: 'https://openai.com/index/introducing-o3-and-o4-mini/',
  },
  deepseekR1News: {
    source: 'DeepSeek-R1 Release (DeepSeek)',
    url: 'https://api-docs.deepseek.com/news/news250120',
  },
  llama4News: {
    source: 'The Llama 4 herd (Meta)',
    url: 'https://ai.meta.com/blog/llama-4-multimodal-intelligence/',
  },
  olmo2Blog: {
    source: 'OLMo 2: The best fully open language model to date (Ai2, 26 November 2024)',
    url: 'https://allenai.org/blog/olmo2',
  },
} as const;

export type Publication = keyof typeof PUBLICATIONS;

/** PRIMARY: the publisher's own text; SECONDARY: a press article or a summary; DERIVED: computed from primary figures. */
export type Certainty = 'PRIMARY' | 'SECONDARY' | 'DERIVED';

export interface Citation {
  readonly source: string;
  readonly url?: string;
  readonly certainty: Certainty;
  readonly locator?: string;
  readonly note?: string;
  readonly quote?: string;
}

export function cite(
  publication: Publication,
  certainty: Certainty,
  more: Pick<Citation, 'locator' | 'note' | 'quote'> = {},
): Citation {
  return { ...PUBLICATIONS[publication], certainty, ...more };
}
