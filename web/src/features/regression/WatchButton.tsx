'use client';

import { Eye, EyeOff } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useWrite } from '@/features/incident/actions/use-write.ts';
import { graphql } from '@/graphql/generated/index.ts';
import { Button } from '@/ui/Button.tsx';
import { useToast } from '@/ui/Toast.tsx';

const WATCH = graphql(`
  mutation Watch($input: WatchInput!) {
    watch(input: $input) { __typename ... on WatchSuccess { watched } ...WriteFailure }
  }
`);

const UNWATCH = graphql(`
  mutation Unwatch($input: UnwatchInput!) {
    unwatch(input: $input) { __typename ... on UnwatchSuccess { watched } ...WriteFailure }
  }
`);

/** Begins or ends that the viewer is told of hits that concern this. */
export function WatchButton(props: {
  target: string;
  what: string;
  watched: boolean;
  blocked: string | null;
}) {
  const begin = useWrite(WATCH, 'watch');
  const end = useWrite(UNWATCH, 'unwatch');
  const router = useRouter();
  const say = useToast();
  const turn = async () => {
    const done = await (props.watched ? end : begin).write({ target: props.target });
    if (!done) return say('That could not be saved. Try again.');
    say(props.watched ? 'You are told of it no more.' : 'You will be told when the regression watch hits.');
    router.refresh();
  };
  const Icon = props.watched ? EyeOff : Eye;
  return (
    <Button
      onClick={turn}
      busy={begin.busy || end.busy}
      disabledReason={props.blocked}
      aria-label={`${props.watched ? 'Stop watching' : 'Watch'} ${props.what}`}
    >
      <Icon aria-hidden />
      {props.watched ? 'Watching' : 'Watch'}
    </Button>
  );
}
