// A whole Headwater with two providers, a browser, and what people do in it.
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';
import { axeFindings, launchBrowser } from '../../testkit/browser.ts';
import { type FakeGithub, fakeGithub } from '../../testkit/identity-provider.ts';
import type { Instance } from '../../testkit/instance.ts';
import { type OidcServer, oidcServer } from '../../testkit/oidc-server.ts';
import { startPrepared } from '../../testkit/prepared-data.ts';

type Dialog = ReturnType<Page['getByRole']>;

export interface PeopleWorld {
  headwater: Instance;
  provider: OidcServer;
  github: FakeGithub;
  /** The administrator's, once they have signed in. */
  page: Page;
  newContext(): Promise<BrowserContext>;
  /** Works in a browser of its own, which nobody is signed in to. */
  elsewhere(work: (page: Page, context: BrowserContext) => Promise<void>): Promise<void>;
  signIn(on: Page, email: string, password: string): Promise<void>;
  signInAsAdministrator(): Promise<void>;
  isSignedIn(on: Page, name: string): Promise<void>;
  /** Goes through the provider's own pages: its login form, and its consent where it asks for that. */
  throughProvider(on: Page, name: string): Promise<void>;
  /** Signs in by the provider, from the sign-in page on. */
  signInByProvider(on: Page, name: string): Promise<void>;
  /** The administrator makes a link that invites; `seen` looks at the dialog that shows it. */
  invite(fill?: (dialog: Dialog) => Promise<void>, seen?: () => Promise<void>): Promise<string>;
  /** Somebody joins by a link and a password. */
  join(on: Page, link: string, who: { name: string; email: string; password: string }): Promise<void>;
  /** Nothing that axe finds, in light and dark and on a narrow screen, and no scrolling sideways. */
  expectSound(on: Page): Promise<void>;
  /** Whose token it is to the API, or the code that it is refused with. */
  whoHas(token: string): Promise<string>;
  /** Fails where the installation printed a secret. */
  expectNoSecretPrinted(): void;
  close(): Promise<void>;
}

const APP = { clientId: 'headwater-app', clientSecret: 'the secret of the app' };

export async function peopleWorld(env: Record<string, string> = {}): Promise<PeopleWorld> {
  const [provider, github] = await Promise.all([oidcServer(), fakeGithub(APP)]);
  const [headwater, browser] = await Promise.all([
    startPrepared({
      HEADWATER_EXAMPLE_DATA: '0',
      HEADWATER_OIDC_ISSUER: provider.issuer,
      HEADWATER_OIDC_CLIENT_ID: provider.client.id,
      HEADWATER_OIDC_CLIENT_SECRET: provider.client.secret,
      HEADWATER_OIDC_NAME: 'the lab',
      HEADWATER_GITHUB_URL: github.url,
      HEADWATER_GITHUB_CLIENT_ID: APP.clientId,
      HEADWATER_GITHUB_CLIENT_SECRET: APP.clientSecret,
      ...env,
    }),
    launchBrowser(),
  ]);
  provider.serve(headwater.web);
  const page = await (await contextOf(browser, headwater)).newPage();
  const world: PeopleWorld = {
    headwater,
    provider,
    github,
    page,
    newContext: () => contextOf(browser, headwater),
    async elsewhere(work) {
      const context = await world.newContext();
      await work(await context.newPage(), context);
      await context.close();
    },
    async signIn(on, email, password) {
      await on.goto('/sign-in');
      await on.getByLabel('E-mail').fill(email);
      await on.getByLabel('Password').fill(password);
      await on.getByRole('button', { name: 'Sign in', exact: true }).click();
    },
    async signInAsAdministrator() {
      await world.signIn(page, headwater.account.email, headwater.account.password);
      await world.isSignedIn(page, 'Administrator');
    },
    isSignedIn: (on, name) => on.getByRole('button', { name: `Account of ${name}` }).waitFor(),
    async throughProvider(on, name) {
      await on.getByPlaceholder('Enter any login').fill(name);
      await on.getByPlaceholder('and password').fill('any');
      await on.getByRole('button', { name: 'Sign-in' }).click();
      await on.getByRole('button', { name: 'Continue' }).click();
      await on.waitForURL((url) => url.origin === headwater.web);
    },
    async signInByProvider(on, name) {
      await on.goto('/sign-in');
      await on.getByRole('button', { name: 'Sign in with the lab' }).click();
      await world.throughProvider(on, name);
    },
    async invite(fill = async () => {}, seen = async () => {}) {
      await page.goto('/members/invitations');
      await page.getByRole('button', { name: 'Invite somebody' }).click();
      const dialog = page.getByRole('dialog');
      await fill(dialog);
      await dialog.getByRole('button', { name: 'Make the link' }).click();
      const link = await dialog.getByLabel('Link').inputValue();
      await seen();
      await dialog.getByRole('button', { name: 'Done' }).click();
      await dialog.waitFor({ state: 'hidden' });
      return link;
    },
    async join(on, link, { name, email, password }) {
      await on.goto(link);
      await on.getByLabel('E-mail').fill(email);
      await on.getByLabel('Name').fill(name);
      await on.getByLabel('Password').fill(password);
      await on.getByRole('button', { name: 'Join', exact: true }).click();
      await world.isSignedIn(on, name);
    },
    expectSound,
    whoHas: (token) => whoHas(headwater, token),
    expectNoSecretPrinted() {
      expect(headwater.output()).not.toMatch(/hi_|hr_|hs_|hw_|ha_|eyJ|gho_/);
      expect(headwater.output()).not.toContain(APP.clientSecret);
      expect(headwater.output()).not.toContain(provider.client.secret);
    },
    async close() {
      await browser.close();
      await headwater.stop();
      await provider.close();
      await github.close();
    },
  };
  return world;
}

async function contextOf(browser: Browser, headwater: Instance): Promise<BrowserContext> {
  const viewport = { width: 1280, height: 900 };
  const made = await browser.newContext({ baseURL: headwater.web, viewport });
  made.setDefaultTimeout(20_000);
  return made;
}

async function expectSound(on: Page): Promise<void> {
  const findings: string[] = [];
  for (const [colorScheme, width] of [
    ['light', 1280],
    ['dark', 390],
  ] as const) {
    await on.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await on.setViewportSize({ width, height: 900 });
    const wider = await on.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    if (wider > 0) findings.push(`scrolls sideways by ${wider} px at ${width}`);
    findings.push(...(await axeFindings(on)).map((finding) => `${colorScheme} ${finding}`));
    await photograph(on, `${colorScheme}-${width}`);
  }
  await on.emulateMedia({ colorScheme: 'light' });
  await on.setViewportSize({ width: 1280, height: 900 });
  expect(findings).toEqual([]);
}

/** The names of the buttons that begin so, each of which must be told from the others by its name alone. */
export async function namesOf(on: Page, begin: string): Promise<string[]> {
  const buttons = on.locator(`button[aria-label^="${begin}"]`);
  const names = await buttons.evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? ''));
  expect(new Set(names).size).toBe(names.length);
  return names;
}

async function whoHas(headwater: Instance, token: string): Promise<string> {
  const response = await fetch(`${headwater.api}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: '{ viewer { actor { name } } }' }),
  });
  const body = (await response.json()) as {
    data?: { viewer: { actor: { name: string } } };
    errors?: { extensions: { code: string } }[];
  };
  return body.data?.viewer.actor.name ?? body.errors?.[0]?.extensions.code ?? 'nothing';
}

let pictures = 0;
/** Pictures of every page that is looked at, where somebody wants them. */
async function photograph(on: Page, what: string): Promise<void> {
  const folder = process.env.HEADWATER_TEST_PICTURES;
  if (!folder) return;
  pictures += 1;
  await on.screenshot({ path: `${folder}/${String(pictures).padStart(2, '0')}-${what}.png`, fullPage: true });
}
