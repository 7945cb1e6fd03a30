import { type Certainty, cite, type Publication } from '../publications.ts';
import type { Step, Story } from '../story.ts';
import { VERSION } from './opus-4-models.ts';

const FROM_MEMORY = 'Recorded from general knowledge of the release; the page was not looked up.';

interface Release {
  publication: Publication;
  /** The day that the publisher's announcement bears, in UTC. */
  day: string;
  certainty: Certainty;
  models: readonly string[];
  note?: string;
}

const published = (...models: string[]) => models.map((model) => `model:${model}@${VERSION}`);
const PYTHIA_SIZES = ['70m', '160m', '410m', '1b', '1.4b', '2.8b', '6.9b', '12b'];

/**
 * Of Grok 3 Beta and of the Gemini 2.5 models no single day stands here: they were opened in steps, and the publication
 * that tested them names no snapshot. Headwater says of them that no release is recorded.
 */
const RELEASES: readonly Release[] = [
  {
    publication: 'claude4News',
    day: '2025-05-22',
    certainty: 'SECONDARY',
    models: published('claude-opus-4', 'claude-sonnet-4'),
  },
  { publication: 'gpt4oNews', day: '2024-05-13', certainty: 'SECONDARY', models: published('gpt-4o') },
  { publication: 'gpt41News', day: '2025-04-14', certainty: 'SECONDARY', models: published('gpt-4.1') },
  { publication: 'o3News', day: '2025-04-16', certainty: 'SECONDARY', models: published('o3', 'o4-mini') },
  {
    publication: 'deepseekR1News',
    day: '2025-01-20',
    certainty: 'SECONDARY',
    models: published('deepseek-r1'),
  },
  {
    publication: 'llama4News',
    day: '2025-04-05',
    certainty: 'SECONDARY',
    models: published('llama-4-maverick'),
  },
  {
    publication: 'olmo2Blog',
    day: '2024-11-26',
    certainty: 'PRIMARY',
    models: ['model:olmo-2-1124-7b@main'],
  },
  {
    publication: 'pythiaReadme',
    day: '2023-04-03',
    certainty: 'SECONDARY',
    models: PYTHIA_SIZES.map((size) => `model:pythia-${size}@step143000`),
    note: `The day of the present version of the suite, not of the one before it. ${FROM_MEMORY}`,
  },
];

const steps = RELEASES.flatMap(({ publication, day, certainty, models, note }) =>
  models.map(
    (node): Step => ({
      mutation: 'assertClaim',
      input: {
        node,
        property: 'RELEASED_AT',
        time: `${day}T00:00:00.000Z`,
        citation: cite(publication, certainty, {
          ...(certainty === 'PRIMARY' ? {} : { note: note ?? FROM_MEMORY }),
        }),
      },
    }),
  ),
);

/** When the models of the other stories were announced: a story of its own, as their steps are in installations already. */
export const releaseDates: Story = { name: 'release-dates', steps };
