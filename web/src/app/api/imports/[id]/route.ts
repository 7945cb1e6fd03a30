import type { NextRequest } from 'next/server';
import { passOnFile } from '@/graphql/pass-on-file.ts';

/** The kept file of an import, passed on from the API piece by piece. */
export async function GET(
  request: NextRequest,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const { id } = await params;
  return passOnFile(request, `/import/${encodeURIComponent(id)}/file${request.nextUrl.search}`);
}
