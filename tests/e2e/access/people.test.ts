import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { headwater as command } from '../../start/headwater.ts';
import { axeFindings, launchBrowser, NO_BROWSER } from '../../testkit/browser.ts';
import { type FakeGithub, fakeGithub } from '../../testkit/identity-provider.ts';
import { type Instance, startInstance } from '../../testkit/instance.ts';
import { type OidcServer, oidcServer } from '../../testkit/oidc-server.ts';

describe.skipIf(NO_BROWSER !== null)(
  `people and tools in a browser${NO_BROWSER ? ` (skipped: ${NO_BROWSER})` : ''}`,
  () => {
    const app = { clientId: 'headwater-app', clientSecret: 'the secret of the app' };
    let provider: OidcServer;
    let github: FakeGithub;
    let headwater: Instance;
    let browser: Browser;
    let page: Page;

    beforeAll(async () => {
      [provider, github] = await Promise.all([oidcServer(), fakeGithub(app)]);
      [headwater, browser] = await Promise.all([
        startInstance({
          HEADWATER_EXAMPLE_DATA: '0',
          HEADWATER_OIDC_ISSUER: provider.issuer,
          HEADWATER_OIDC_CLIENT_ID: provider.client.id,
          HEADWATER_OIDC_CLIENT_SECRET: provider.client.secret,
          HEADWATER_OIDC_NAME: 'the lab',
          HEADWATER_GITHUB_URL: github.url,
          HEADWATER_GITHUB_CLIENT_ID: app.clientId,
          HEADWATER_GITHUB_CLIENT_SECRET: app.clientSecret,
        }),
        launchBrowser(),
      ]);
      provider.serve(headwater.web);
      page = await (await newContext()).newPage();
    });
    afterAll(async () => {
      await browser?.close();
      await headwater?.stop();
      await provider?.close();
      await github?.close();
    });

    async function newContext(): Promise<BrowserContext> {
      const viewport = { width: 1280, height: 900 };
      const made = await browser.newContext({ baseURL: headwater.web, viewport });
      made.setDefaultTimeout(20_000);
      return made;
    }

    async function signIn(on: Page, email: string, password: string): Promise<void> {
      await on.goto('/sign-in');
      await on.getByLabel('E-mail').fill(email);
      await on.getByLabel('Password').fill(password);
      await on.getByRole('button', { name: 'Sign in', exact: true }).click();
    }

    const isSignedIn = (on: Page, name: string) =>
      on.getByRole('button', { name: `Account of ${name}` }).waitFor();

    /** Goes through the provider's own pages: its login form, and its consent where it asks for that. */
    async function throughProvider(on: Page, name: string): Promise<void> {
      await on.getByPlaceholder('Enter any login').fill(name);
      await on.getByPlaceholder('and password').fill('any');
      await on.getByRole('button', { name: 'Sign-in' }).click();
      await on.getByRole('button', { name: 'Continue' }).click();
      await on.waitForURL((url) => url.origin === headwater.web);
    }

    type Dialog = ReturnType<Page['getByRole']>;
    async function invite(
      fill: (dialog: Dialog) => Promise<void>,
      seen: (dialog: Dialog) => Promise<void> = async () => {},
    ): Promise<string> {
      await page.goto('/members/invitations');
      await page.getByRole('button', { name: 'Invite somebody' }).click();
      const dialog = page.getByRole('dialog');
      await fill(dialog);
      await dialog.getByRole('button', { name: 'Make the link' }).click();
      const link = await dialog.getByLabel('Link').inputValue();
      await seen(dialog);
      await dialog.getByRole('button', { name: 'Done' }).click();
      await dialog.waitFor({ state: 'hidden' });
      return link;
    }

    /** What axe finds on the page, in light and dark and on a narrow screen, and whether it scrolls sideways. */
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

    it('lets nobody in by the provider whom nobody invited', async () => {
      const context = await newContext();
      const other = await context.newPage();
      await other.goto('/sign-in');
      await expectSound(other);
      await other.getByRole('button', { name: 'Sign in with the lab' }).click();
      await throughProvider(other, 'stranger');
      await other.getByText('Nobody here has this identity').waitFor();
      expect(await other.getByRole('button', { name: /Account of/ }).count()).toBe(0);
      await context.close();
    });

    it('signs an administrator in, who makes a link that is shown once', async () => {
      await signIn(page, headwater.account.email, headwater.account.password);
      await isSignedIn(page, 'Administrator');
      await page.goto('/members/invitations');
      await page.getByText('No invitations yet').waitFor();
      const link = await invite(
        async () => {},
        () => expectSound(page),
      );
      expect(link).toContain('/invitation#hi_');
      await page.getByRole('region', { name: 'Invitations' }).getByText('Pending').waitFor();
      expect(await page.content()).not.toContain(link.split('#')[1]);
      await expectSound(page);
    });

    it('takes in by the provider whoever has the link, and knows them again without it', async () => {
      const link = await invite(async (dialog) => {
        await dialog.getByLabel(/^E-mail/).fill('ada@lab.example');
        await dialog.getByLabel('Role').selectOption('INVESTIGATOR');
      });
      const context = await newContext();
      const other = await context.newPage();
      await other.goto(link);
      await other.getByText('ada@lab.example').waitFor();
      await expectSound(other);
      await other.getByRole('button', { name: 'Join with the lab' }).click();
      await throughProvider(other, 'ada');
      await isSignedIn(other, 'ada of the lab');
      await context.clearCookies();
      await other.goto('/sign-in');
      await other.getByRole('button', { name: 'Sign in with the lab' }).click();
      await throughProvider(other, 'ada');
      await isSignedIn(other, 'ada of the lab');
      await other.goto('/members');
      await other.getByText('Administrators keep the members').waitFor();
      await other.goto('/account');
      await other.getByText(provider.issuer).waitFor();
      await context.close();
    });

    it('takes in by GitHub whoever has a link, and leaves no token of theirs behind there', async () => {
      const link = await invite(async () => {});
      github.visitor = { id: 7, login: 'octo', email: 'octo@example.org' };
      const context = await newContext();
      const other = await context.newPage();
      await other.goto(link);
      await other.getByRole('button', { name: 'Join with GitHub' }).click();
      await isSignedIn(other, 'octo');
      expect(github.tokens.size).toBe(0);
      await context.close();
    });

    it('takes in by a password whoever has a link, once', async () => {
      const link = await invite(async () => {});
      const context = await newContext();
      const other = await context.newPage();
      await other.goto(link);
      await other.getByLabel('E-mail').fill('grace@example.org');
      await other.getByLabel('Name').fill('Grace');
      await other.getByLabel('Password').fill('a password of her own');
      await other.getByRole('button', { name: 'Join', exact: true }).click();
      await isSignedIn(other, 'Grace');
      await other.goto('about:blank');
      await other.goto(link);
      await other.getByText('This invitation can’t be used').waitFor();
      await context.close();
    });

    it('lets whoever forgot their password set a new one, by a link that is good once', async () => {
      await page.goto('/members');
      await page.getByRole('button', { name: 'Let Grace set a new password' }).click();
      const dialog = page.getByRole('dialog');
      await expectSound(page);
      await dialog.getByRole('button', { name: 'Make the link' }).click();
      const link = await dialog.getByLabel('Link').inputValue();
      await dialog.getByRole('button', { name: 'Done' }).click();
      expect(link).toContain('/password-reset#hr_');
      const context = await newContext();
      const other = await context.newPage();
      await other.goto(link);
      await other.getByText('grace@example.org').waitFor();
      await expectSound(other);
      await other.getByLabel('New password').fill('a new password of hers');
      await other.getByRole('button', { name: 'Set it and sign in' }).click();
      await isSignedIn(other, 'Grace');
      await other.goto('about:blank');
      await other.goto(link);
      await other.getByText('This link can’t be used').waitFor();
      await context.close();
    });

    it('lets whoever signed in by a password link a provider, and sign in by that from then on', async () => {
      const context = await newContext();
      const other = await context.newPage();
      await signIn(other, 'grace@example.org', 'a new password of hers');
      await isSignedIn(other, 'Grace');
      await other.goto('/account');
      const row = other.getByRole('row').filter({ hasText: 'The lab' });
      await row.getByText('Not linked').waitFor();
      await expectSound(other);
      const before = await sessionsOf(other);
      await other.getByRole('button', { name: 'Link the lab' }).click();
      await throughProvider(other, 'grace');
      await other.getByText('From now on you can sign in with the lab').waitFor();
      expect(await row.getByText('Not linked').count()).toBe(0);
      expect(await sessionsOf(other)).toBe(before);
      await expectSound(other);
      await isSignedIn(other, 'Grace');
      await context.clearCookies();
      await other.goto('/sign-in');
      await other.getByRole('button', { name: 'Sign in with the lab' }).click();
      await throughProvider(other, 'grace');
      await isSignedIn(other, 'Grace');
      await context.close();
    });

    it('links no identity that somebody else has, says so, and leaves the session as it was', async () => {
      const context = await newContext();
      const other = await context.newPage();
      await signIn(other, headwater.account.email, headwater.account.password);
      await isSignedIn(other, 'Administrator');
      await other.goto('/account');
      await other.getByRole('button', { name: 'Link the lab' }).click();
      await throughProvider(other, 'grace');
      await other.getByText('An account here has this identity already').waitFor();
      await isSignedIn(other, 'Administrator');
      await other.getByRole('row').filter({ hasText: 'The lab' }).getByText('Not linked').waitFor();
      await expectSound(other);
      await other.getByRole('button', { name: 'Account of Administrator' }).click();
      await other.getByRole('menuitem', { name: 'Sign out' }).click();
      await other.getByRole('link', { name: 'Sign in' }).waitFor();
      await context.close();
      await page.request.post('/api/link?provider=oidc', { headers: { origin: 'https://other.example' } });
      expect((await page.context().cookies()).filter(({ name }) => name.includes('link'))).toEqual([]);
    });

    it('changes a role, and says why the last administrator keeps theirs', async () => {
      await page.goto('/members');
      await page.getByRole('button', { name: 'Disable Administrator' }).hover();
      await page.getByRole('tooltip').getByText('This is the last administrator').waitFor();
      await expectSound(page);
      await page.getByRole('button', { name: 'Change the role of Grace' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Role').selectOption('AUDITOR');
      await expectSound(page);
      await dialog.getByRole('button', { name: 'Change it' }).click();
      await page.getByRole('row').filter({ hasText: 'Grace' }).getByText('Auditor').waitFor();
    });

    it('makes a team and puts somebody into it', async () => {
      await page.goto('/members/teams');
      await page.getByRole('button', { name: 'Create a team' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Name', { exact: true }).fill('Red team');
      await dialog.getByLabel('Namespace').fill('red-team');
      await dialog.getByRole('button', { name: 'Create', exact: true }).click();
      await page.getByRole('button', { name: 'Add a member to Red team' }).click();
      await dialog.getByRole('combobox', { name: 'Member' }).fill('grace');
      await page.getByRole('option').filter({ hasText: 'Grace' }).click();
      await dialog.getByRole('button', { name: 'Add', exact: true }).click();
      await page.getByRole('button', { name: 'Remove Grace from Red team' }).waitFor();
      await expectSound(page);
    });

    it('makes a token for a service account, which works until it is revoked', async () => {
      await page.goto('/members/service-accounts');
      await page.getByText('No service accounts yet').waitFor();
      await page.getByRole('button', { name: 'Create a service account' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Name').fill('Nightly evals');
      await dialog.getByRole('button', { name: 'Create', exact: true }).click();
      await page.getByRole('button', { name: 'Create a token for Nightly evals' }).click();
      await dialog.getByLabel('Name').fill('runner');
      await dialog.getByRole('checkbox', { name: /write:evals/ }).check();
      expect(await dialog.getByRole('checkbox', { name: /admin/ }).isDisabled()).toBe(true);
      await expectSound(page);
      await dialog.getByRole('button', { name: 'Create', exact: true }).click();
      const token = await dialog.getByLabel('Token').inputValue();
      await dialog.getByRole('button', { name: 'Done' }).click();
      expect(await whoHas(token)).toBe('Nightly evals');
      await expectSound(page);
      await page.getByRole('button', { name: 'Revoke runner' }).click();
      await dialog.getByRole('button', { name: 'Revoke', exact: true }).click();
      await page.getByText('Token revoked.').waitFor();
      expect(await whoHas(token)).toBe('UNAUTHENTICATED');
    });

    it('lists the sessions with their browser, and one that is ended elsewhere shows what is public', async () => {
      const context = await newContext();
      const other = await context.newPage();
      await signIn(other, headwater.account.email, headwater.account.password);
      await isSignedIn(other, 'Administrator');
      await page.goto('/account');
      const sessions = page.getByRole('region', { name: 'Your sessions' });
      await sessions.getByText('this one', { exact: true }).waitFor();
      expect(await sessions.innerText()).toMatch(/Chrome on Linux[\s\S]+(127\.0\.0\.1|::1)/);
      await expectSound(page);
      await page.getByRole('button', { name: 'End all others' }).click();
      await page.getByText('Ended 1 session.').waitFor();
      await other.goto('/incidents');
      await other.getByRole('link', { name: 'Sign in' }).waitFor();
      await context.close();
    });

    it('changes the password, which the old one then is not', async () => {
      await page.goto('/account');
      await page.getByRole('button', { name: 'Change your password' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Current password').fill(headwater.account.password);
      await dialog.getByLabel('New password').fill('another password for the tests');
      await expectSound(page);
      await dialog.getByRole('button', { name: 'Change it' }).click();
      await page.getByText('Password changed').waitFor();
      const context = await newContext();
      const other = await context.newPage();
      await signIn(other, headwater.account.email, headwater.account.password);
      await other.getByText('is not right').waitFor();
      await context.close();
    });

    it('makes a token at the command line, which prints that and nothing else', async () => {
      const made = await command(['token', 'create', '--name', 'script', '--scope', 'read,audit'], {
        HEADWATER_DATA: headwater.data,
      });
      expect(made).toMatchObject({ code: 0, out: expect.stringMatching(/^hw_[\w-]+\n$/), err: '' });
      expect(await whoHas(made.out.trim())).toBe('Administrator');
    });

    it('prints no secret', () => {
      expect(headwater.output()).not.toMatch(/hi_|hr_|hs_|hw_|ha_|eyJ|gho_/);
      expect(headwater.output()).not.toContain(app.clientSecret);
      expect(headwater.output()).not.toContain(provider.client.secret);
    });

    /** How many sessions the account page lists. */
    const sessionsOf = async (on: Page) =>
      (await on.getByRole('region', { name: 'Your sessions' }).getByRole('row').count()) - 1;

    async function whoHas(token: string): Promise<string> {
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
  },
);

let pictures = 0;
/** Pictures of every page that is looked at, where somebody wants them. */
async function photograph(on: Page, what: string): Promise<void> {
  const folder = process.env.HEADWATER_TEST_PICTURES;
  if (!folder) return;
  pictures += 1;
  await on.screenshot({ path: `${folder}/${String(pictures).padStart(2, '0')}-${what}.png`, fullPage: true });
}
