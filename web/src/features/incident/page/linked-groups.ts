import type { LinkedGroup } from '../actions/UnlinkIncident.tsx';

interface Named {
  id: string;
  label: string;
}

interface Linked {
  modelVersions: readonly Named[];
  evalRuns: readonly Named[];
  links: { edges: readonly { kind: string; upstream: { id: string } }[] };
  suspects: readonly Named[];
  reports: readonly { id: string; title: string }[];
  related: readonly { incident: { id: string; key?: string | null; title: string } }[];
}

const DIRECT = new Set(['EXHIBITED_BY', 'OBSERVED_IN']);

/**
 * What can be unlinked from an incident. A model version that stands on the page only because a linked eval run
 * evaluated it is not linked itself, so it goes with that run.
 */
export function linkedGroups(incident: Linked): LinkedGroup[] {
  const direct = new Set(
    incident.links.edges.filter((edge) => DIRECT.has(edge.kind)).map((edge) => edge.upstream.id),
  );
  const named = ({ id, label }: Named) => ({ id, label });
  return [
    { title: 'Model versions', links: incident.modelVersions.filter(({ id }) => direct.has(id)).map(named) },
    { title: 'Eval runs', links: incident.evalRuns.filter(({ id }) => direct.has(id)).map(named) },
    { title: 'Suspects', links: incident.suspects.map(named) },
    { title: 'Reports', links: incident.reports.map(({ id, title }) => ({ id, label: title })) },
    {
      title: 'Related incidents',
      links: incident.related.map(({ incident: { id, key, title } }) => ({
        id,
        label: key ? `${key} ${title}` : title,
      })),
    },
  ];
}
