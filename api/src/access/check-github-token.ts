import { z } from 'zod';
import { InputRefusal } from '../platform/refusal.ts';
import { type GithubSettings, givenName, type ProvenIdentity } from './sign-in-settings.ts';

const TIMEOUT_MS = 5_000;

const Checked = z.object({
  app: z.object({ client_id: z.string() }),
  user: z.object({ id: z.number().int().positive(), login: z.string(), name: z.string().nullish() }),
});
const Emails = z.array(z.object({ email: z.email(), primary: z.boolean(), verified: z.boolean() }));

/**
 * Whose GitHub access token it is. GitHub gives no ID token, and any app's token answers GET /user: so the token is
 * checked in the name of this app, which GitHub refuses for a token issued to another. It is then used up, so that
 * one that leaks signs nobody in a second time.
 */
export async function checkGithubToken(
  settings: GithubSettings,
  accessToken: string,
): Promise<ProvenIdentity> {
  const grant = `${apiOf(settings)}/applications/${encodeURIComponent(settings.clientId)}/token`;
  const basic = Buffer.from(`${settings.clientId}:${settings.clientSecret}`).toString('base64');
  const asApp = { authorization: `Basic ${basic}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ access_token: accessToken });
  const answer = await ask(grant, { method: 'POST', headers: asApp, body });
  if (answer.status === 404 || answer.status === 422) throw refused();
  if (answer.status !== 200) throw unanswered();
  const checked = Checked.safeParse(await answer.json().catch(() => null));
  if (!checked.success) throw unanswered();
  if (checked.data.app.client_id !== settings.clientId) throw refused();
  const verifiedEmail = await primaryEmail(settings, accessToken);
  const spent = await ask(grant, { method: 'DELETE', headers: asApp, body });
  if (spent.status !== 204) throw unanswered();
  const { id, login, name } = checked.data.user;
  return {
    issuer: settings.url,
    subject: String(id),
    name: givenName(name) ?? login,
    verifiedEmail,
    // GitHub is nobody's directory: an address there, once verified, outlasts the employment.
    isOwnDomain: false,
  };
}

async function primaryEmail(settings: GithubSettings, accessToken: string): Promise<string | null> {
  const headers = { authorization: `Bearer ${accessToken}` };
  const answer = await ask(`${apiOf(settings)}/user/emails`, { headers });
  if (answer.status !== 200) return null;
  const emails = Emails.safeParse(await answer.json().catch(() => null));
  const primary = emails.data?.find((one) => one.primary && one.verified);
  return primary?.email.toLowerCase() ?? null;
}

const apiOf = (settings: GithubSettings): string =>
  settings.url === 'https://github.com' ? 'https://api.github.com' : `${settings.url}/api/v3`;

async function ask(address: string, request: RequestInit): Promise<Response> {
  const headers = { accept: 'application/vnd.github+json', 'user-agent': 'headwater', ...request.headers };
  try {
    return await fetch(address, {
      ...request,
      headers,
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch {
    throw unanswered();
  }
}

const refused = () =>
  new InputRefusal(['accessToken'], 'GitHub does not know this token as one issued to this installation.');
const unanswered = () =>
  new InputRefusal(['provider'], 'GitHub does not answer as it should; try again in a moment.');
