import type { NextRequest } from 'next/server';
import { passOnFile } from '@/graphql/pass-on-file.ts';

/** A file of evidence, passed on from the API piece by piece. */
export async function GET(
  request: NextRequest,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const { id } = await params;
  return passOnFile(request, `/evidence/${encodeURIComponent(id)}${request.nextUrl.search}`);
}
