import { cite } from '../publications.ts';
import type { Step } from '../story.ts';

/** Name, title, published weight in per cent, epochs, address as the README gives it. */
const COMPONENTS: readonly (readonly [string, string, number, number, string])[] = [
  ['pile-cc', 'Pile-CC', 18.11, 1, 'https://github.com/leogao2/commoncrawl_downloader'],
  ['pubmed-central', 'PubMed Central', 14.4, 2, 'https://github.com/EleutherAI/pile-pubmedcentral'],
  ['books3', 'Books3', 12.07, 1.5, 'https://twitter.com/theshawwn/status/1320282149329784833'],
  ['openwebtext2', 'OpenWebText2', 10.01, 2, 'https://github.com/EleutherAI/openwebtext2'],
  ['arxiv', 'ArXiv', 8.96, 2, 'https://gist.github.com/leogao2/e09b64eae3b987925ccf3b86401624c6'],
  ['github', 'Github', 7.59, 1, 'https://github.com/EleutherAI/github-downloader'],
  ['freelaw', 'FreeLaw', 6.12, 1.5, 'https://github.com/thoppe/The-Pile-FreeLaw'],
  ['stackexchange', 'StackExchange', 5.13, 2, 'https://github.com/EleutherAI/stackexchange-dataset'],
  ['uspto-backgrounds', 'USPTO Backgrounds', 3.65, 2, 'https://github.com/EleutherAI/pile-uspto'],
  ['pubmed-abstracts', 'PubMed Abstracts', 3.07, 2, 'https://github.com/thoppe/The-Pile-PubMed'],
  ['gutenberg-pg-19', 'Gutenberg (PG-19)', 2.17, 2.5, 'https://github.com/deepmind/pg19'],
  ['opensubtitles', 'OpenSubtitles', 1.55, 1.5, 'https://github.com/sdtblck/Opensubtitles_dataset'],
  ['wikipedia-en', 'Wikipedia (en)', 1.53, 3, 'https://github.com/noanabeshima/wikipedia-downloader'],
  ['dm-mathematics', 'DM Mathematics', 1.24, 2, 'https://github.com/deepmind/mathematics_dataset'],
  ['ubuntu-irc', 'Ubuntu IRC', 0.88, 2, 'https://github.com/EleutherAI/pile-ubuntu-irc'],
  ['bookcorpus2', 'BookCorpus2', 0.75, 1.5, 'https://github.com/shawwn/scrap/blob/master/epub2txt-all'],
  ['europarl', 'EuroParl', 0.73, 2, 'https://github.com/thoppe/The-Pile-EuroParl'],
  ['hackernews', 'HackerNews', 0.62, 2, 'https://github.com/EleutherAI/hn-scraper'],
  ['youtubesubtitles', 'YoutubeSubtitles', 0.6, 2, 'https://github.com/sdtblck/youtube_subtitle_dataset'],
  ['philpapers', 'PhilPapers', 0.38, 2, 'https://github.com/thoppe/The-Pile-PhilPapers'],
  ['nih-exporter', 'NIH ExPorter', 0.3, 2, 'https://github.com/thoppe/The-Pile-NIH-ExPORTER'],
  ['enron-emails', 'Enron Emails', 0.14, 2, 'https://github.com/EleutherAI/pile-enron-emails'],
];

const table = cite('pileReadme', 'PRIMARY', { locator: 'table of components' });
/** Per cent to a fraction, without what floating-point division adds: 14.4 becomes 0.144. */
const fraction = (percent: number) => Number((percent / 100).toFixed(4));

const sources: Step[] = COMPONENTS.map(([name, title, , , url]) => ({
  mutation: 'registerSource',
  input: { name, title, url, citation: table },
}));

const GIB = 2 ** 30;

const datasets: Step[] = [
  {
    mutation: 'registerDatasetVersion',
    input: {
      dataset: 'the-pile',
      version: '1.0',
      title: 'The Pile',
      description:
        'English text for language modelling from 22 components. Components are repeated: 825.18 GiB of raw text become 1254.20 GiB as contributed (the effective size); the weights are shares of the latter.',
      bytes: String(Math.round(825.18 * GIB)),
      derivedFrom: {
        unit: 'FRACTION',
        complete: true,
        inputs: COMPONENTS.map(([name, , weight, epochs]) => ({
          of: `source:${name}`,
          amount: fraction(weight),
          epochs,
        })),
        citation: cite('pileReadme', 'PRIMARY', {
          locator: 'table of components, columns Weight and Epochs',
          note: 'The 22 weights add up to 100.00 %.',
        }),
      },
      citation: cite('pileReadme', 'DERIVED', {
        locator: 'table of components, column Raw Size',
        note: 'The raw size is published as 825.18 GiB; the bytes are that figure converted, so exact to about 5 MiB. The effective size, 1254.20 GiB, is the sum of what the components contribute.',
      }),
    },
  },
  {
    mutation: 'registerDatasetVersion',
    input: {
      dataset: 'the-pile-deduped',
      version: '1.0',
      title: 'The Pile, deduplicated',
      description:
        'The Pile after deduplication. How much of each component is left has not been published: the proportions changed.',
      tokens: '207000000000',
      transformation: {
        name: 'the-pile-deduplication',
        effect: 'SELECTS',
        composition: {
          unit: 'FRACTION',
          complete: true,
          inputs: [{ of: 'dataset:the-pile@1.0', amount: 1 }],
          citation: cite('pythiaReadme', 'PRIMARY', { locator: 'Models' }),
        },
      },
      citation: cite('pythiaReadme', 'PRIMARY', {
        locator: 'Models',
        note: 'Stated as 207B tokens in one epoch: rounded to whole billions.',
      }),
    },
  },
];

export const thePile: Step[] = [...sources, ...datasets];
