'use client';

import { useEffect, useState } from 'react';
import { type Answer, ask, explain } from '@/graphql/browser.ts';
import type { TypedDocumentString } from '@/graphql/generated/graphql.ts';
import { useLinkSecret } from '@/navigation/use-link-secret.ts';

/** What the link that somebody opened offers them. */
export type LinkOffer<Offer> =
  | { kind: 'loading' }
  | { kind: 'gone' }
  | { kind: 'failed'; why: string }
  | { kind: 'open'; token: string; offer: Offer };

/**
 * What the API offers for the secret in the page's address. Asked without the session, since the secret speaks for
 * itself, and anew where another link is opened in the same tab.
 * @param prefix how secrets of this kind begin
 * @param document asks for what `token` opens; stays the same from one render to the next, as does `offerOf`
 * @param offerOf the offer in its answer; null where the link opens nothing any more
 */
export function useLinkOffer<Data, Offer>(
  prefix: string,
  document: TypedDocumentString<Data, { token: string }>,
  offerOf: (data: Data) => Offer | null | undefined,
): LinkOffer<Offer> {
  const [state, setState] = useState<LinkOffer<Offer>>({ kind: 'loading' });
  const token = useLinkSecret(prefix);
  useEffect(() => {
    if (token === null) return;
    if (token === '') {
      setState({ kind: 'gone' });
      return;
    }
    let stale = false;
    setState({ kind: 'loading' });
    void ask(document, { token }, undefined, { anonymous: true }).then((answer: Answer<Data>) => {
      if (stale) return;
      if (answer.kind !== 'data') setState({ kind: 'failed', why: explain(answer) });
      else {
        const offer = offerOf(answer.data);
        setState(offer ? { kind: 'open', token, offer } : { kind: 'gone' });
      }
    });
    return () => {
      stale = true;
    };
  }, [token, document, offerOf]);
  return state;
}
