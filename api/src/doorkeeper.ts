import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { authenticate, readCredential } from './access/authenticate.ts';
import { GuardedLookups } from './access/guarded-lookups.ts';
import type { Viewer } from './access/viewer.ts';
import type { Context, Services } from './context.ts';
import type { Allowance } from './graphql/defences/allowance.ts';
import { BUDGET, COST_LIMIT, REQUEST_COST } from './graphql/defences/limits.ts';
import { Budget, budgetHeaders, type Spent } from './platform/budget.ts';
import { clientAddress, networkOf, trustedProxies } from './platform/client-address.ts';
import { AccessRefusal } from './platform/refusal.ts';
import { inSeconds } from './platform/seconds.ts';
import { requestContext } from './request-context.ts';

export interface DoorOptions {
  /** Tells the schema to the anonymous too. */
  publicIntrospection?: boolean;
  /** Addresses and networks, beside this machine, that are believed about the caller's address. */
  trustedProxies?: readonly string[];
  /** Rows a minute that one principal may ask for. */
  budget?: number;
  /** Rows a minute that the anonymous of one address may ask for. */
  anonymousBudget?: number;
}

export interface Doorkeeper {
  /** The context of a request; an AccessRefusal where its credential or its budget does not let it in. */
  admit(request: Request, response: Response, cost?: number): Promise<Context>;
}

/** Stands before every route: says who asks, from where, and keeps count of what they ask for. */
export function doorkeeper(services: Services, options: DoorOptions = {}): Doorkeeper {
  const trusted = trustedProxies(options.trustedProxies);
  const signedIn = new Budget(options.budget ?? BUDGET.signedIn, BUDGET.windowSeconds);
  const anonymous = new Budget(options.anonymousBudget ?? BUDGET.anonymous, BUDGET.windowSeconds);
  const lookups = new GuardedLookups();
  return {
    async admit(request, response, cost = REQUEST_COST) {
      const address = clientAddress(request, trusted);
      const network = address === null ? 'unknown' : networkOf(address);
      const header = request.headers.authorization;
      const viewer = await lookups.look(network, header, {
        credentialOf: (given) => readCredential(services, given),
        authenticate: () => authenticate(services, header),
      });
      const spend = (rows: number): Spent =>
        viewer.kind === 'anonymous'
          ? anonymous.spend(network, rows)
          : signedIn.spend(String(viewer.actorId), rows);
      pay(response, spend(cost));
      const allowance = allowanceOf(viewer, spend, options.publicIntrospection ?? false, response);
      response.once('close', () => {
        allowance.closed = !response.writableFinished;
      });
      const userAgent = request.get('user-agent') ?? null;
      return requestContext(services, viewer, { address, userAgent, requestId: randomUUID(), allowance });
    },
  };
}

export type AdmitOnce = (request: Request, response: Response) => Promise<Context>;

/** Who is left to the ordinary path has paid at the door already. */
export function admittingOnce(admit: Doorkeeper['admit']): AdmitOnce {
  // It stands with the response, and in no WeakMap: what such a map leads to outlives its key, as far as the young
  // generation's collector knows, and all that a request read was then copied twice before it was let go of.
  const key = Symbol('admitted');
  return (request, response) => {
    const locals = response.locals as { [key]?: Promise<Context> };
    if (locals[key] === undefined) {
      locals[key] = admit(request, response);
      // A connection that is kept open holds its last response, and would hold with it what that one read. Whoever hung
      // up before it was finished is admitted once all the same: what still works for them knows by this that they did.
      response.once('finish', () => {
        delete locals[key];
      });
    }
    return locals[key];
  };
}

function pay(response: Response, spent: Spent): void {
  response.set(budgetHeaders(spent));
  if (spent.granted) return;
  const seconds = spent.retryAfterSeconds;
  throw new AccessRefusal(
    'RATE_LIMITED',
    `Too much was asked for within a short time: wait ${inSeconds(seconds)}.`,
    seconds,
  );
}

function allowanceOf(
  viewer: Viewer,
  spend: Allowance['spend'],
  publicIntrospection: boolean,
  response: Response,
): Allowance {
  const known = viewer.kind !== 'anonymous';
  return {
    costLimit: known ? COST_LIMIT.signedIn : COST_LIMIT.anonymous,
    tellsSchema: known || publicIntrospection,
    spend,
    rows: 0,
    characters: 0,
    endsAt: null,
    // Whoever hung up while it was asked who they are is not heard of again.
    closed: response.destroyed || response.closed,
  };
}
