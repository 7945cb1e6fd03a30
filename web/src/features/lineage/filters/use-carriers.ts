'use client';

import { useMemo } from 'react';
import { useGraphQL } from '@/graphql/browser.ts';
import { TagCarriersDocument } from '../lineage-document.ts';

/** The dataset versions that are measured to carry a content tag at all; null while no tag is chosen or asked for. */
export function useCarriers(tag: string | null, knownOn: string | null) {
  const { data, error, isLoading } = useGraphQL(
    TagCarriersDocument,
    { search: tag ?? '', knownOn },
    { enabled: tag !== null },
  );
  const carriers = useMemo(() => {
    if (tag === null || !data) return null;
    const measured = data.contentTags.find((one) => one.name === tag)?.measurements ?? [];
    return new Set(measured.filter((m) => m.fraction > 0).map((m) => m.datasetVersion.id));
  }, [tag, data]);
  return {
    carriers,
    busy: tag !== null && isLoading,
    failure: tag === null ? null : (error?.message ?? null),
  };
}
