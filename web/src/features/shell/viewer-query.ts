import { graphql } from '@/graphql/generated/index.ts';

/** What the frame of every page needs to know of who looks. */
export const VIEWER = graphql(`
  query ShellViewer {
    viewer { signedIn role actor { id name } unreadNotifications }
  }
`);

/** Who looks, and no more. */
export const WHO_LOOKS = graphql(`
  query WhoLooks {
    viewer { actor { id } }
  }
`);
