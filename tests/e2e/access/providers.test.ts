import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NO_BROWSER } from '../../testkit/browser.ts';
import { type PeopleWorld, peopleWorld } from './people-world.ts';

describe.skipIf(NO_BROWSER !== null)(
  `providers in a browser${NO_BROWSER ? ` (skipped: ${NO_BROWSER})` : ''}`,
  () => {
    let world: PeopleWorld;

    beforeAll(async () => {
      world = await peopleWorld();
      await world.signInAsAdministrator();
    });
    afterAll(() => world?.close());

    const grace = { name: 'Grace', email: 'grace@example.org', password: 'a password of her own' };
    const row = (on: Page, way: string) => on.getByRole('row').filter({ hasText: way });
    /** How many sessions the account page lists. */
    const sessionsOf = async (on: Page) =>
      (await on.getByRole('region', { name: 'Your sessions' }).getByRole('row').count()) - 1;
    const unlink = async (on: Page, name: string) => {
      await on.getByRole('button', { name: `Unlink ${name}` }).click();
      await on.getByRole('dialog').getByRole('button', { name: 'Unlink', exact: true }).click();
      await on.getByText(`Unlinked ${name}.`).waitFor();
    };

    it('lets nobody in by the provider whom nobody invited', async () => {
      await world.elsewhere(async (other) => {
        await other.goto('/sign-in');
        await world.expectSound(other);
        await world.signInByProvider(other, 'stranger');
        await other.getByText('Nobody here has this identity').waitFor();
        expect(await other.getByRole('button', { name: /Account of/ }).count()).toBe(0);
      });
    });

    it('takes in by the provider whoever has the link, and knows them again without it', async () => {
      const link = await world.invite(async (dialog) => {
        await dialog.getByLabel(/^E-mail/).fill('ada@lab.example');
        await dialog.getByLabel('Role').selectOption('INVESTIGATOR');
      });
      await world.elsewhere(async (other, context) => {
        await other.goto(link);
        await other.getByText('ada@lab.example').waitFor();
        await world.expectSound(other);
        await other.getByRole('button', { name: 'Join with the lab' }).click();
        await world.throughProvider(other, 'ada');
        await world.isSignedIn(other, 'ada of the lab');
        await context.clearCookies();
        await world.signInByProvider(other, 'ada');
        await world.isSignedIn(other, 'ada of the lab');
        await other.goto('/members');
        await other.getByText('Administrators keep the members').waitFor();
        await other.goto('/account');
        await other.getByText(world.provider.issuer).waitFor();
      });
    });

    it('unlinks no last way to sign in, and says on the button why not', async () => {
      await world.elsewhere(async (other) => {
        await world.signInByProvider(other, 'ada');
        await world.isSignedIn(other, 'ada of the lab');
        await other.goto('/account');
        const button = other.getByRole('button', { name: 'Unlink the lab' });
        await button.hover();
        await other.getByRole('tooltip').getByText('It is the last way to sign in').waitFor();
        expect(await button.getAttribute('aria-disabled')).toBe('true');
        await world.expectSound(other);
      });
    });

    it('takes in by GitHub whoever has a link, and leaves no token of theirs behind there', async () => {
      const link = await world.invite();
      world.github.visitor = { id: 7, login: 'octo', email: 'octo@example.org' };
      await world.elsewhere(async (other, context) => {
        await other.goto(link);
        await other.getByRole('button', { name: 'Join with GitHub' }).click();
        await world.isSignedIn(other, 'octo');
        expect(world.github.tokens.size).toBe(0);
        await context.clearCookies();
        await other.goto('/sign-in');
        await other.getByRole('button', { name: 'Sign in with GitHub' }).click();
        await world.isSignedIn(other, 'octo');
      });
    });

    it('lets whoever signed in by a password link a provider, and sign in by that from then on', async () => {
      const link = await world.invite();
      await world.elsewhere(async (other, context) => {
        await world.join(other, link, grace);
        await other.goto('/account');
        await row(other, 'The lab').getByText('Not linked').waitFor();
        await world.expectSound(other);
        const before = await sessionsOf(other);
        await other.getByRole('button', { name: 'Link the lab' }).click();
        await world.throughProvider(other, 'grace');
        await other.getByText('From now on you can sign in with the lab').waitFor();
        expect(await row(other, 'The lab').getByText('Not linked').count()).toBe(0);
        expect(await sessionsOf(other)).toBe(before);
        await world.expectSound(other);
        await world.isSignedIn(other, 'Grace');
        await context.clearCookies();
        await world.signInByProvider(other, 'grace');
        await world.isSignedIn(other, 'Grace');
      });
    });

    it('links no identity that somebody else has, says so, and leaves the session as it was', async () => {
      const { email, password } = world.headwater.account;
      await world.elsewhere(async (other) => {
        await world.signIn(other, email, password);
        await world.isSignedIn(other, 'Administrator');
        await other.goto('/account');
        await other.getByRole('button', { name: 'Link the lab' }).click();
        await world.throughProvider(other, 'grace');
        await other.getByText('An account here has this identity already').waitFor();
        await world.isSignedIn(other, 'Administrator');
        await row(other, 'The lab').getByText('Not linked').waitFor();
        await world.expectSound(other);
        await other.getByRole('button', { name: 'Account of Administrator' }).click();
        await other.getByRole('menuitem', { name: 'Sign out' }).click();
        await other.getByRole('link', { name: 'Sign in' }).waitFor();
      });
      await world.page.request.post('/api/link?provider=oidc', {
        headers: { origin: 'https://other.example' },
      });
      const cookies = await world.page.context().cookies();
      expect(cookies.filter(({ name }) => name.includes('link'))).toEqual([]);
    });

    it('unlinks a provider, which then signs nobody in and has its sessions ended, until it is linked anew', async () => {
      await world.elsewhere(async (other) => {
        await world.signIn(other, grace.email, grace.password);
        await world.isSignedIn(other, 'Grace');
        await world.elsewhere(async (byProvider) => {
          await world.signInByProvider(byProvider, 'grace');
          await world.isSignedIn(byProvider, 'Grace');
          await other.goto('/account');
          await other.getByRole('button', { name: 'Unlink the lab' }).click();
          await other.getByRole('dialog').getByText('opened with it end now').waitFor();
          await world.expectSound(other);
          await other.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
          expect(await row(other, 'The lab').getByText('Not linked').count()).toBe(0);
          await unlink(other, 'the lab');
          await row(other, 'The lab').getByText('Not linked').waitFor();
          await world.isSignedIn(other, 'Grace');
          await byProvider.goto('/incidents');
          await byProvider.getByRole('link', { name: 'Sign in' }).waitFor();
        });
        await world.elsewhere(async (byProvider) => {
          await world.signInByProvider(byProvider, 'grace');
          await byProvider.getByText('This identity was unlinked from its account').waitFor();
        });
        await other.getByRole('button', { name: 'Link the lab' }).click();
        await world.throughProvider(other, 'grace');
        await other.getByText('From now on you can sign in with the lab').waitFor();
        await world.elsewhere(async (byProvider) => {
          await world.signInByProvider(byProvider, 'grace');
          await world.isSignedIn(byProvider, 'Grace');
        });
      });
    });

    it('links GitHub from the account page, signs in by it, and unlinks it', async () => {
      const byGithub = (seen: (on: Page) => Promise<void>) =>
        world.elsewhere(async (on) => {
          await on.goto('/sign-in');
          await on.getByRole('button', { name: 'Sign in with GitHub' }).click();
          await seen(on);
        });
      world.github.visitor = { id: 8, login: 'grace-hub', email: null };
      await byGithub((on) => on.getByText('Nobody here has this identity').waitFor());
      await world.elsewhere(async (other) => {
        await world.signIn(other, grace.email, grace.password);
        await world.isSignedIn(other, 'Grace');
        await other.goto('/account');
        await row(other, 'GitHub').getByText('Not linked').waitFor();
        await other.getByRole('button', { name: 'Link GitHub' }).click();
        await other.getByText('From now on you can sign in with GitHub').waitFor();
        await world.isSignedIn(other, 'Grace');
        await world.expectSound(other);
        await byGithub((on) => world.isSignedIn(on, 'Grace'));
        await unlink(other, 'GitHub');
        await row(other, 'GitHub').getByText('Not linked').waitFor();
        await byGithub((on) => on.getByText('This identity was unlinked from its account').waitFor());
      });
      expect(world.github.tokens.size).toBe(0);
    });

    it('prints no secret', () => world.expectNoSecretPrinted());
  },
);
