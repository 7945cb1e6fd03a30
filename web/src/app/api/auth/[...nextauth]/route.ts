import type { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import { authOptions } from '@/auth/auth-options.ts';

type Context = { params: Promise<{ nextauth: string[] }> };

const answer = (request: NextRequest, context: Context): Promise<Response> =>
  NextAuth(
    request as never,
    context as never,
    authOptions(request.headers.get('x-forwarded-for') ?? undefined),
  );

export { answer as GET, answer as POST };
