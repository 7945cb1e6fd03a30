/** Next.js calls this once, before the server answers its first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { appendPeerAddresses } = await import('./auth/peer-address.ts');
  appendPeerAddresses();
}
