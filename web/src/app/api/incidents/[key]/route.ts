import type { NextRequest } from 'next/server';
import { passOnFile } from '@/graphql/pass-on-file.ts';

/** An incident as a file, passed on from the API piece by piece. */
export async function GET(
  request: NextRequest,
  { params }: { params: Promise<{ key: string }> },
): Promise<Response> {
  const { key } = await params;
  return passOnFile(request, `/export/incident/${encodeURIComponent(key)}${request.nextUrl.search}`);
}
