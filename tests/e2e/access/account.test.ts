import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { headwater as command } from '../../start/headwater.ts';
import { NO_BROWSER } from '../../testkit/browser.ts';
import { type PeopleWorld, peopleWorld } from './people-world.ts';

describe.skipIf(NO_BROWSER !== null)(
  `one's account in a browser${NO_BROWSER ? ` (skipped: ${NO_BROWSER})` : ''}`,
  () => {
    let world: PeopleWorld;

    beforeAll(async () => {
      world = await peopleWorld();
      await world.signInAsAdministrator();
    });
    afterAll(() => world?.close());

    it('lists the sessions with their browser, and one that is ended elsewhere shows what is public', async () => {
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
      await other.goto('/incidents');
      await other.getByRole('link', { name: 'Sign in' }).waitFor();
      await context.close();
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
