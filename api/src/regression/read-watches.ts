import type { Context } from '../context.ts';
import { type LoaderOf, loadsOne } from '../platform/loader.ts';
import { listPage } from '../platform/nested-page.ts';
import type { PageArguments } from '../platform/page.ts';
import {
  countUnread,
  type NotificationRow,
  notificationList,
  selectNotifications,
  selectWatched,
  selectWatches,
  selectWatchesById,
  type WatchedType,
  type WatchRow,
} from './watch.store.ts';

const MOST_WATCHES = 200;

export const watchesOfViewer = (context: Context) => selectWatches(context.db, context.viewer, MOST_WATCHES);

export const watchById = loadsOne<Context, WatchRow>('watchById', async (c, ids) => {
  const rows = await selectWatchesById(c.db, c.viewer, ids);
  return new Map(rows.map((row) => [row.id, row]));
});

export const notificationById = loadsOne<Context, NotificationRow>('notificationById', async (c, ids) => {
  const rows = await selectNotifications(c.db, c.viewer, ids);
  return new Map(rows.map((row) => [row.id, row]));
});

export const listNotifications = (context: Context, args: PageArguments & { unread: boolean }) =>
  listPage<NotificationRow>(context, args, notificationList(context.viewer, args.unread));

export const unreadNotifications = (context: Context) =>
  context.viewer.kind === 'anonymous' ? 0 : countUnread(context.db, context.viewer);

const watchedOf = (type: WatchedType): LoaderOf<Context, bigint, boolean> => ({
  name: `watched${type}`,
  absent: () => false,
  batch: async (c, ids) => {
    const rows = await selectWatched(c.db, c.viewer, type, ids);
    return new Map(rows.map((row) => [row.id, true]));
  },
});
const LOADERS = {
  RegressionRule: watchedOf('RegressionRule'),
  Behavior: watchedOf('Behavior'),
  Incident: watchedOf('Incident'),
} satisfies Record<WatchedType, LoaderOf<Context, bigint, boolean>>;

export const isWatched = (context: Context, type: WatchedType, id: bigint) =>
  context.viewer.kind === 'anonymous' ? false : context.load(LOADERS[type], id);
