import { readConfig } from '../config.ts';
import type { Rewrapping } from '../incident/rewrap-evidence.ts';
import { StartRefusal } from '../platform/data-folder-refusal.ts';
import { addKeyToFolder } from '../platform/master-keys.ts';
import { withServices } from './installation.ts';
import { rotationInWords } from './rotation-in-words.ts';

/**
 * `headwater evidence rotate-key`: makes a new master key where the keys are in the data folder, or takes the first
 * of HEADWATER_EVIDENCE_KEY, and wraps everything under it. Says whether the older keys may be removed, and answers
 * with 1 where they may not.
 */
export async function rotateEvidenceKey(): Promise<number> {
  const config = readConfig(process.env);
  const inEnvironment = config.evidence.keys !== null;
  if (!inEnvironment) addKeyToFolder(config.dataFolder);
  const made: Rewrapping = await withServices(config, async (services) => {
    const { localAdministrator } = await import('../access/authenticate.ts');
    const { requestContext } = await import('../request-context.ts');
    const { rewrapEvidence } = await import('../incident/rewrap-evidence.ts');
    const by = await localAdministrator(services);
    if (by === null)
      throw new StartRefusal('There is no administrator yet; start Headwater once, then rotate.');
    return rewrapEvidence(requestContext(services, by));
  });
  const { lines, done } = rotationInWords(made, { inEnvironment });
  for (const line of lines) process.stdout.write(`${line}\n`);
  return done ? 0 : 1;
}
