import type { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import { authOptions } from '@/auth/auth-options.ts';
import { callerOf } from '@/auth/caller.ts';
import { INVITATION_COOKIE } from '@/auth/invitation-cookie.ts';

type Context = { params: Promise<{ nextauth: string[] }> };

const answer = (request: NextRequest, context: Context): Promise<Response> => {
  const invitation = request.cookies.get(INVITATION_COOKIE)?.value ?? null;
  return NextAuth(request as never, context as never, authOptions(callerOf(request.headers), invitation));
};

export { answer as GET, answer as POST };
