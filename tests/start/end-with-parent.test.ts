// A child whose parent is gone before it has begun: it ends as one that loses its parent later does.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const END_WITH_PARENT = fileURLToPath(new URL('../../api/src/cli/end-with-parent.mjs', import.meta.url));

it.each([0, 20, 40, 60, 400])(
  'ends where its parent leaves %i ms after it was begun',
  async (after) => {
    const program = 'setInterval(() => undefined, 1000)';
    const child = spawn(process.execPath, ['--import', END_WITH_PARENT, '-e', program], {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const ended = once(child, 'exit').then(() => 'ended');
    await wait(after);
    child.disconnect();
    const outcome = await Promise.race([ended, wait(10_000, 'stays')]);
    child.kill('SIGKILL');
    expect(outcome).toBe('ended');
  },
  20_000,
);
