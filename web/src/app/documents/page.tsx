import type { Metadata } from 'next';
import Link from 'next/link';
import { Suspense } from 'react';
import { one, type SearchParams } from '@/features/catalogue/catalogue-state.ts';
import { DocumentResults } from '@/features/documents/DocumentResults.tsx';
import { DropDocument } from '@/features/documents/DropDocument.tsx';
import { asDigest } from '@/features/documents/digest-text.ts';
import { paths } from '@/navigation/paths.ts';
import { Button } from '@/ui/Button.tsx';
import { Input } from '@/ui/Field.tsx';
import { Notice } from '@/ui/Notice.tsx';
import { PageHeader } from '@/ui/PageHeader.tsx';
import { SkeletonTable } from '@/ui/Skeleton.tsx';

export const metadata: Metadata = { title: 'Find a document' };

export default async function Documents({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const params = await searchParams;
  const typed = one(params.digest);
  const after = one(params.after);
  const digest = typed === null ? null : asDigest(typed);
  return (
    <>
      <PageHeader
        eyebrow={<Link href={paths.datasets()}>Datasets</Link>}
        title="Find a document"
        meta="Which dataset versions hold these very bytes, and when training saw them."
      />
      <div className="mb-8 grid max-w-4xl gap-6 md:grid-cols-2">
        <section aria-labelledby="by-digest">
          <h2 id="by-digest" className="mb-2 font-semibold">
            By its digest
          </h2>
          <search>
            <form action={paths.documents()} className="flex gap-2">
              <Input
                key={typed}
                type="search"
                name="digest"
                required
                aria-label="Digest of the document"
                placeholder="SHA-256, or md5:…, sha1:…"
                defaultValue={typed ?? ''}
                className="h-11 font-mono"
              />
              <Button type="submit" className="h-11">
                Find
              </Button>
            </form>
          </search>
          <p className="mt-2 text-xs text-ink-3">Of its bytes, in hexadecimal: what sha256sum prints.</p>
        </section>
        <section aria-labelledby="by-file">
          <h2 id="by-file" className="mb-2 font-semibold">
            By the document itself
          </h2>
          <DropDocument />
        </section>
      </div>
      {typed !== null && digest === null ? (
        <Notice tone="warning" role="alert" title="This is no digest">
          A digest is 64 hexadecimal digits for SHA-256, or the algorithm before it: md5, sha1, sha512 or
          blake3, and a colon.
        </Notice>
      ) : null}
      {digest === null ? null : (
        <Suspense
          key={`${digest} ${after}`}
          fallback={<SkeletonTable rows={4} label="Loading the documents" />}
        >
          <DocumentResults digest={digest} after={after} />
        </Suspense>
      )}
    </>
  );
}
