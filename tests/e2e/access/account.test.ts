import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { headwater as command } from '../../start/headwater.ts';
import { NO_BROWSER } from '../../testkit/browser.ts';
import { namesOf, type PeopleWorld, peopleWorld } from './people-world.ts';

describe.skipIf(NO_BROWSER !== null)(
  `one's account in a browser${NO_BROWSER ? ` (skipped: ${NO_BROWSER})` : ''}`,
  () => {
    let world: PeopleWorld;

    beforeAll(async () => {
      world = await peopleWorld();
      await world.signInAsAdministrator();
    });
    afterAll(() => world?.close());

    it('lists the sessions with their browser, and one that is ended elsewhere says so from the next page on', async () => {
      const context = await world.newContext();
      const other = await context.newPage();
      await world.signIn(other, world.headwater.account.email, world.headwater.account.password);
      await world.isSignedIn(other, 'Administrator');
      await world.page.goto('/account');
      const sessions = world.page.getByRole('region', { name: 'Your sessions' });
      await sessions.getByText('this one', { exact: true }).waitFor();
      expect(await sessions.innerText()).toMatch(/Chrome on Linux[\s\S]+(127\.0\.0\.1|::1)/);
      await world.expectSound(world.page);
      await world.page.getByRole('button', { name: 'End all others' }).click();
      await world.page.getByText('Ended 1 session.').waitFor();
      // Not a page anew: the frame around it stays, and would go on naming whoever was signed in.
      await other.getByRole('link', { name: 'Datasets', exact: true }).click();
      await other.getByRole('status').getByText('Your session has ended').waitFor();
      expect(new URL(other.url()).pathname).toBe('/datasets');
      expect(await other.getByRole('button', { name: /Account of/ }).count()).toBe(0);
      await world.expectSound(other);
      await other.goto('/incidents');
      await other.getByRole('status').getByText('Your session has ended').waitFor();
      await other.getByRole('link', { name: 'Sign in' }).waitFor();
      await context.close();
    });

    it('says why the other sessions were not ended, and names each button by its session', async () => {
      await world.elsewhere(async (other) => {
        await world.signIn(other, world.headwater.account.email, world.headwater.account.password);
        await world.isSignedIn(other, 'Administrator');
        await world.page.goto('/account');
        await world.page.route('**/api/graphql', (route) =>
          route.request().postData()?.includes('mutation EndSession')
            ? route.fulfill({ status: 429, json: { errors: [{ extensions: { code: 'RATE_LIMITED' } }] } })
            : route.fallback(),
        );
        await world.page.getByRole('button', { name: 'End all others' }).click();
        await world.page.getByRole('alert').getByText('Too many requests').waitFor();
        await world.expectSound(world.page);
        await world.page.unroute('**/api/graphql');
        expect(await namesOf(world.page, 'End the session of')).toHaveLength(2);
      });
    });

    it('keeps a token that is being made or shown, until it is put away on purpose', async () => {
      await world.page.goto('/account');
      await world.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await world.page.getByRole('button', { name: 'Create a token' }).click();
      const dialog = world.page.getByRole('dialog');
      await dialog.getByLabel('Name').fill('pipeline');
      let release = () => {};
      const held = new Promise<void>((resolve) => {
        release = resolve;
      });
      await world.page.route('**/api/graphql', async (route) => {
        if (route.request().postData()?.includes('mutation CreateApiToken')) await held;
        await route.fallback();
      });
      await dialog.getByRole('button', { name: 'Create', exact: true }).click();
      await dialog.getByText('Making it…').waitFor();
      const turnAway = async () => {
        await world.page.keyboard.press('Escape');
        await world.page.mouse.click(5, 450);
      };
      await turnAway();
      expect(await dialog.getByRole('button', { name: 'Close' }).isDisabled()).toBe(true);
      release();
      const secret = await dialog.getByLabel('Token').inputValue();
      await turnAway();
      expect(await dialog.getByLabel('Token').inputValue()).toBe(secret);
      await dialog.getByRole('button', { name: 'Copy' }).click();
      await dialog.getByRole('status').getByText('Copied.').waitFor();
      await world.expectSound(world.page);
      await dialog.getByRole('button', { name: 'Done' }).click();
      await dialog.waitFor({ state: 'hidden' });
      await world.page.getByRole('region', { name: 'Your API tokens' }).getByText('pipeline').waitFor();
      await world.page.unroute('**/api/graphql');
      expect(await world.whoHas(secret)).toBe('Administrator');
    });

    it('lists a token whose answer was lost, once its dialog is closed', async () => {
      await world.page.goto('/account');
      await world.page.route('**/api/graphql', async (route) => {
        if (!route.request().postData()?.includes('mutation CreateApiToken')) return route.fallback();
        await route.fetch();
        await route.abort();
      });
      await world.page.getByRole('button', { name: 'Create a token' }).click();
      const dialog = world.page.getByRole('dialog');
      await dialog.getByLabel('Name').fill('lost on the way');
      await dialog.getByRole('button', { name: 'Create', exact: true }).click();
      await dialog.getByRole('alert').getByText('Headwater is not reachable').waitFor();
      await world.page.unroute('**/api/graphql');
      await dialog.getByRole('button', { name: 'Cancel' }).click();
      await world.page.getByRole('button', { name: 'Revoke lost on the way' }).waitFor();
    });

    it('says at the scopes what they lack, and nothing of it in a dialog that is opened anew', async () => {
      await world.page.goto('/account');
      const dialog = world.page.getByRole('dialog');
      const create = world.page.getByRole('button', { name: 'Create a token' });
      await create.click();
      await dialog.getByLabel('Name').fill('nothing');
      const read = dialog.getByRole('checkbox', { name: /^read/ });
      await read.uncheck();
      await dialog.getByRole('button', { name: 'Create', exact: true }).click();
      await dialog.getByRole('alert').getByText('A token needs at least one scope').waitFor();
      const described = await read.evaluate(
        (box) => document.getElementById(box.getAttribute('aria-describedby') ?? '')?.textContent,
      );
      expect(described).toContain('A token needs at least one scope');
      await world.expectSound(world.page);
      await world.page.keyboard.press('Escape');
      await create.click();
      await dialog.getByLabel('Name').waitFor();
      expect(await dialog.getByText('A token needs at least one scope').count()).toBe(0);
      await dialog.getByRole('button', { name: 'Cancel' }).click();

      const change = world.page.getByRole('button', { name: 'Change your password' });
      await change.click();
      await dialog.getByLabel('Current password').fill('not the password');
      await dialog.getByLabel('New password').fill('another password for the tests');
      await dialog.getByRole('button', { name: 'Change it' }).click();
      await dialog.getByRole('alert').waitFor();
      await dialog.getByRole('button', { name: 'Cancel' }).click();
      await change.click();
      await dialog.getByLabel('Current password').waitFor();
      expect(await dialog.getByRole('alert').count()).toBe(0);
    });

    it('says that the way out, or to a provider, failed where nothing is reachable, and lets it be tried again', async () => {
      const faults: string[] = [];
      world.page.on('pageerror', (error) => faults.push(error.message));
      await world.page.goto('/account');
      await world.page.route(/\/api\/(auth\/end-session|link)/, (route) => route.abort());
      await world.page.getByRole('button', { name: 'Account of Administrator' }).click();
      await world.page.getByRole('menuitem', { name: 'Sign out' }).click();
      await world.page.getByText('You are still signed in').waitFor();
      const link = world.page.getByRole('button', { name: 'Link the lab' });
      await link.click();
      await world.page.getByText('so nothing was linked').waitFor();
      expect(await link.isEnabled()).toBe(true);
      await world.page.unroute(/\/api\/(auth\/end-session|link)/);
      await world.elsewhere(async (other) => {
        other.on('pageerror', (error) => faults.push(error.message));
        await other.goto('/sign-in');
        await other.route('**/api/auth/signin/oidc*', (route) => route.abort());
        const button = other.getByRole('button', { name: 'Sign in with the lab' });
        await button.click();
        await other.getByRole('alert').getByText('the provider was not asked').waitFor();
        expect(await button.isEnabled()).toBe(true);
        await world.expectSound(other);
      });
      expect(faults).toEqual([]);
    });

    it('says that a session stays open which the API could not end, and signs out of this browser anyway', async () => {
      await world.elsewhere(async (other) => {
        await world.signIn(other, world.headwater.account.email, world.headwater.account.password);
        await world.isSignedIn(other, 'Administrator');
        await other.route('**/api/auth/end-session', (route) => route.fulfill({ status: 502 }));
        await other.getByRole('button', { name: 'Account of Administrator' }).click();
        await other.getByRole('menuitem', { name: 'Sign out' }).click();
        const dialog = other.getByRole('dialog', { name: 'You are not signed out' });
        await dialog.getByRole('alert').getByText('it is still open').waitFor();
        await world.expectSound(other);
        await dialog.getByRole('button', { name: 'Sign out of this browser anyway' }).click();
        await other.getByRole('link', { name: 'Sign in' }).waitFor();
      });
    });

    it('gives what was typed and not filed back to whoever typed it, and leaves nothing of it to the next person', async () => {
      const grace = { name: 'Grace', email: 'grace@example.org', password: 'a password of her own' };
      const link = await world.invite();
      await world.elsewhere(async (other, context) => {
        const title = other.getByLabel('Title');
        const restored = other.getByText('Restored what you had typed');
        const kept = () => other.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
        await world.join(other, link, grace);
        await other.goto('/incidents/new');
        await title.fill('Only the team may know');
        await expect.poll(kept).toContain('Only the team may know');
        await context.clearCookies();
        await world.signIn(other, grace.email, grace.password);
        await world.isSignedIn(other, 'Grace');
        await other.goto('/incidents/new');
        await restored.waitFor();
        expect(await title.inputValue()).toBe('Only the team may know');
        await context.clearCookies();
        await world.signIn(other, world.headwater.account.email, world.headwater.account.password);
        await world.isSignedIn(other, 'Administrator');
        await other.goto('/incidents/new');
        await expect.poll(kept).not.toContain('Only the team may know');
        expect([await title.inputValue(), await restored.count()]).toEqual(['', 0]);
        await title.fill('Nor this');
        await expect.poll(kept).toContain('Nor this');
        await other.getByRole('button', { name: 'Account of Administrator' }).click();
        await other.getByRole('menuitem', { name: 'Sign out' }).click();
        await other.getByRole('link', { name: 'Sign in' }).waitFor();
        expect(await kept()).not.toContain('Nor this');
      });
    });

    it('changes the password, which the old one then is not', async () => {
      await world.page.goto('/account');
      await world.page.getByRole('button', { name: 'Change your password' }).click();
      const dialog = world.page.getByRole('dialog');
      await dialog.getByLabel('Current password').fill(world.headwater.account.password);
      await dialog.getByLabel('New password').fill('another password for the tests');
      await world.expectSound(world.page);
      await dialog.getByRole('button', { name: 'Change it' }).click();
      await world.page.getByText('Password changed').waitFor();
      const context = await world.newContext();
      const other = await context.newPage();
      await world.signIn(other, world.headwater.account.email, world.headwater.account.password);
      await other.getByText('is not right').waitFor();
      await context.close();
    });

    it('makes a token at the command line, which prints that and nothing else', async () => {
      const made = await command(['token', 'create', '--name', 'script', '--scope', 'read,audit'], {
        HEADWATER_DATA: world.headwater.data,
      });
      expect(made).toMatchObject({ code: 0, out: expect.stringMatching(/^hw_[\w-]+\n$/), err: '' });
      expect(await world.whoHas(made.out.trim())).toBe('Administrator');
    });

    it('prints no secret', () => world.expectNoSecretPrinted());
  },
);
