import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { rightsOf } from './access/rights.ts';
import { viewerByNow } from './access/still-signed-in.ts';
import type { Viewer } from './access/viewer.ts';
import type { Context, Services } from './context.ts';
import type { Allowance } from './graphql/defences/allowance.ts';
import { stillAsked } from './graphql/defences/still-asked.ts';
import { boundTo } from './platform/bound-database.ts';
import { certainMoment } from './platform/certain-moment.ts';
import { Loaders } from './platform/loader.ts';
import { SEES_ALL, SEES_PUBLIC } from './platform/rights.ts';

/** Makes the context of one request, or of one command. */
export function requestContext(
  services: Services,
  viewer: Viewer,
  from: {
    address?: string | null;
    userAgent?: string | null;
    requestId?: string;
    allowance?: Allowance | null;
  } = {},
): Context {
  let certain: Promise<Date> | null = null;
  let caughtUp: Promise<void> | null = null;
  const context: Context = {
    ...services,
    db: boundTo(services.db, rightsOf(viewer)),
    beyondSight: boundTo(services.db, SEES_ALL),
    viewer,
    requestId: from.requestId ?? randomUUID(),
    address: from.address ?? null,
    userAgent: from.userAgent ?? null,
    allowance: from.allowance ?? null,
    loaders: new Loaders<Context>(() => {
      stillAsked(context.allowance);
      return context;
    }),
    load: (of, key) => context.loaders.load(of, key),
    held: (of, key) => context.loaders.held(of, key),
    async knownOn(asked) {
      certain ??= latestMoment(services, () => context.caughtUp());
      const latest = await certain;
      return asked == null || asked > latest ? latest : asked;
    },
    caughtUp() {
      caughtUp ??= services.resident?.catchUp() ?? Promise.resolve();
      return caughtUp;
    },
    async byNow(header) {
      return requestContext(services, await viewerByNow(services, viewer, header), context);
    },
    forget() {
      certain = null;
      caughtUp = null;
      context.loaders.forget();
    },
  };
  return context;
}

/** That of the lineage in memory once it has caught up, which asks nothing more; else the database is asked. */
async function latestMoment({ resident, db }: Services, caughtUp: () => Promise<void>): Promise<Date> {
  if (resident !== null) {
    await caughtUp();
    const moment = resident.moment();
    if (moment !== null) return moment;
  }
  return certainMoment(boundTo(db, SEES_PUBLIC));
}

/** Says who sends a request and takes `cost` from their budget; rejects with an AccessRefusal where it may not pass. */
export type Admit = (request: Request, response: Response, cost?: number) => Promise<Context>;
