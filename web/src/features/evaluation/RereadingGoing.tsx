'use client';

import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { ask, explain } from '@/graphql/browser.ts';
import type { RereadingFragment } from '@/graphql/generated/graphql.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { Notice } from '@/ui/Notice.tsx';
import { ProgressBar } from '@/ui/ProgressBar.tsx';
import { howFar } from './rereading-words.ts';
import { mayHaveStopped, watchRereading } from './watch-rereading.ts';

graphql(`
  fragment Rereading on ImportRereading { runs read made error since by { name } }
`);
const GOING = graphql(`
  query RereadingGoing($id: ID!) { import(id: $id) { rereading { ...Rereading } } }
`);

/** How far a file of many eval runs has been read again; what it says is shown once all of it is read. */
export function RereadingGoing({ id, initial }: { id: string; initial: RereadingFragment }) {
  const router = useRouter();
  const { data: watched, error } = useQuery(
    watchRereading(id, initial, async (signal) => {
      const answer = await ask(GOING, { id }, signal);
      if (answer.kind !== 'data') throw new Error(explain(answer));
      return answer.data.import?.rereading ?? null;
    }),
  );
  const { rereading: data } = watched;
  const ended = data === null;
  useEffect(() => {
    if (ended) router.refresh();
  }, [ended, router]);
  if (data === null) return null;
  return (
    <section
      aria-label="Reading it again"
      className="flex flex-col gap-2 rounded-lg border border-line bg-surface p-4"
    >
      <p role="status">{howFar(data)}</p>
      <ProgressBar label="Eval runs read again" value={data.read} of={data.runs} />
      {data.error ? (
        <Notice tone="warning" title="It was broken off">
          {data.error}
        </Notice>
      ) : null}
      {mayHaveStopped(watched) ? (
        <Notice tone="warning" role="status" title="It has not come further for a while">
          It may have been stopped with the server. It can be asked for again, and is then gone on with.
        </Notice>
      ) : null}
      {error ? (
        <Notice tone="warning" role="alert" title="How far it has come is not known at the moment">
          {error.message}
        </Notice>
      ) : null}
    </section>
  );
}
