import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { axeFindings } from '../testkit/browser.ts';

/** An address for every route of the web, with the example data; some have more to show to an administrator. */
export const EVERY_PAGE: Record<string, string> = {
  '/': '/',
  '/sign-in': '/sign-in',
  '/account': '/account',
  '/invitation': '/invitation',
  '/password-reset': '/password-reset',
  '/members': '/members',
  '/members/invitations': '/members/invitations',
  '/members/service-accounts': '/members/service-accounts',
  '/members/teams': '/members/teams',
  '/incidents': '/incidents',
  '/incidents/new': '/incidents/new',
  '/incidents/[key]': '/incidents/MBI-2025-0001',
  '/datasets': '/datasets',
  '/datasets/[name]': '/datasets/the-pile',
  '/datasets/[name]/[version]': '/datasets/the-pile/1.0',
  '/documents': `/documents?digest=${'0'.repeat(64)}`,
  // There is no import among the example data: the page says so.
  '/imports/[id]': '/imports/AAAAAAAAAAAAAAAAAAAAAA',
  '/models': '/models',
  '/models/[name]': '/models/pythia-6.9b',
  '/models/[name]/[version]': '/models/olmo-2-1124-7b/main',
  '/models/diff': '/models/diff?from=model%3Aolmo-2-1124-7b-sft%40main&to=model%3Aolmo-2-1124-7b-dpo%40main',
  '/evaluations': '/evaluations',
  '/evaluations/[name]': '/evaluations/agentic-misalignment',
  '/eval-runs': '/eval-runs',
  '/eval-runs/[name]': '/eval-runs/agentic-misalignment-port-claude-sonnet-4',
  // No sample is recorded among the example data: the page says so.
  '/eval-runs/[name]/judge': '/eval-runs/agentic-misalignment-port-claude-sonnet-4/judge',
  // No sample is recorded among the example data: the page says that there is none.
  '/eval-runs/[name]/samples/[sampleId]': '/eval-runs/agentic-misalignment-port-claude-sonnet-4/samples/s1',
  '/behaviors': '/behaviors',
  '/behaviors/[name]': '/behaviors/blackmail',
  '/behaviors/[name]/dose': '/behaviors/misaligned-choice/dose',
  '/compare':
    '/compare?one=eval-run%3Aagentic-misalignment-claude-opus-4&two=eval-run%3Aagentic-misalignment-gpt-4o',
  // No score of a metric is among the example data that two versions have both: the page says so.
  '/compare/before-after':
    '/compare/before-after?evaluation=agentic-misalignment&pair=model%3Aclaude-opus-4%40as-published..model%3Agpt-4o%40as-published',
  '/scoring-rules': '/scoring-rules',
  '/scoring-rules/[name]': '/scoring-rules/agentic_misalignment%2Fharmfulness_scorer',
  '/scoring-rules/new': '/scoring-rules/new?rule=agentic_misalignment%2Fharmfulness_scorer',
  '/regressions': '/regressions',
  // No rule stands among the example data: the page says that there is none.
  '/regressions/[id]': '/regressions/AAAAAAAAAAAAAAAAAAAAAA',
  '/regressions/new': '/regressions/new?behavior=blackmail&model=claude-*',
  '/notifications': '/notifications',
  '/sources': '/sources',
  '/sources/[name]': '/sources/pile-cc',
  '/unknowns': '/unknowns',
  '/common-causes': '/common-causes?incidents=MBI-2025-0001',
  '/lineage/[ref]': '/lineage/dataset%3Athe-pile%401.0?direction=downstream',
  '/lineage/[ref]/impact': '/lineage/dataset%3Athe-pile%401.0/impact',
};

/** The routes that the web has, from its folders. */
export function routes(): string[] {
  const app = fileURLToPath(new URL('../../web/src/app', import.meta.url));
  return readdirSync(app, { recursive: true, encoding: 'utf8' })
    .filter((file) => /(^|[\\/])page\.tsx$/.test(file))
    .map((file) => `/${file.replaceAll('\\', '/').replace(/\/?page\.tsx$/, '')}`)
    .sort();
}

/** Of them, those whose thing the example data does not have: they answer 404, in a page that is looked at all the same. */
export const NOT_AMONG_EXAMPLES: ReadonlySet<string> = new Set([
  '/eval-runs/agentic-misalignment-port-claude-sonnet-4/samples/s1',
  '/regressions/AAAAAAAAAAAAAAAAAAAAAA',
]);

/** Where nothing can be, one address for every route that names something. */
export const NOWHERE = [
  '/nothing-of-this-name',
  '/incidents/MBI-1999-0001',
  '/incidents/nothing',
  '/datasets/nothing',
  '/datasets/nothing/1',
  '/models/nothing',
  '/models/nothing/1',
  '/evaluations/nothing',
  '/eval-runs/nothing',
  '/eval-runs/nothing/judge',
  '/eval-runs/nothing/samples/s1',
  '/behaviors/nothing',
  '/behaviors/nothing/dose',
  '/scoring-rules/nothing',
  '/regressions/nothing',
  '/sources/nothing',
  '/lineage/training-run%3Anothing',
  '/lineage/source%3Anothing/impact',
];

/**
 * What is wrong with a page to look at, in light, dark and narrow, loaded once: by axe, or scrolling sideways.
 * Between light and dark nothing but colours differs, and in a narrow window what moves: only that is judged again.
 */
export async function lookAt(page: Page, path: string): Promise<string[]> {
  const findings: string[] = [];
  const look = async (how: string, rules?: string[]) => {
    const wider = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    if (wider > 0)
      findings.push(`${path} (${how}) scrolls sideways by ${wider} px: ${await beyondEdge(page)}`);
    for (const finding of await axeFindings(page, rules)) findings.push(`${path} (${how}) ${finding}`);
  };
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.goto(path, { waitUntil: 'load' });
  // Of a page that answers 404 an empty document is sent, without a language, which its scripts then fill.
  await page.waitForFunction(
    () =>
      document.documentElement.lang !== '' &&
      !document.querySelector('main [role="status"][aria-label^="Loading"]'),
  );
  await look('light');
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await page.locator('html.dark').waitFor();
  await look('dark', ['color-contrast', 'link-in-text-block']);
  await page.setViewportSize({ width: 390, height: 900 });
  await look('narrow', ['target-size', 'scrollable-region-focusable', 'button-name', 'link-name', 'region']);
  return findings;
}

/** What reaches furthest past the window's edge, with nothing in it that reaches as far. */
function beyondEdge(page: Page): Promise<string> {
  return page.evaluate(() => {
    const edge = document.documentElement.clientWidth;
    const scrolled = (element: Element) => element.closest('.overflow-x-auto') !== null;
    const right = (element: Element) => element.getBoundingClientRect().right;
    const beyond = [...document.querySelectorAll('body *')].filter(
      (e) => right(e) > edge + 1 && !scrolled(e),
    );
    const furthest = Math.max(...beyond.map(right));
    const last = beyond.filter((element) => right(element) === furthest).at(-1);
    return last === undefined ? 'nothing seen' : last.outerHTML.replace(/\s+/g, ' ').slice(0, 200);
  });
}
