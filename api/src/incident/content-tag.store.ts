import type { Viewer } from '../access/viewer.ts';
import { visible } from '../access/visibility.ts';
import type { VisibilityWord } from '../lineage/node.ts';
import type { Tx } from '../platform/database.ts';

/** The content tag of a name: the team's own, else the common one, else made in the team's namespace. */
export async function ensureContentTag(
  tx: Tx,
  viewer: Viewer,
  by: { teamId: bigint; actorId: bigint },
  name: string,
  visibility: VisibilityWord,
): Promise<bigint> {
  const [found] = await tx.$queryRaw<{ id: bigint }[]>`
    select c.id from content_tag c, team t
    where t.id = ${by.teamId} and ${visible(viewer, 'c')}
      and ((c.name = ${name} and c.namespace in (t.namespace, '')) or c.namespace || '/' || c.name = ${name})
    order by (c.namespace = t.namespace) desc, (c.namespace = '') desc limit 1`;
  if (found !== undefined) return found.id;
  const [made] = await tx.$queryRaw<{ id: bigint }[]>`
    insert into content_tag (namespace, name, visibility, team_id, actor_id)
    select t.namespace, ${name}, ${visibility}::visibility, ${by.teamId}, ${by.actorId} from team t where t.id = ${by.teamId}
    on conflict (namespace, name) do update set visibility = content_tag.visibility
    returning id`;
  return made!.id;
}
