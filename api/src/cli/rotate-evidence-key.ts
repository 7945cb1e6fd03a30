import { readConfig } from '../config.ts';
import { StartRefusal } from '../platform/data-folder-refusal.ts';
import { addKeyToFolder } from '../platform/master-keys.ts';
import { withServices } from './installation.ts';

/**
 * `headwater evidence rotate-key`: makes a new master key where the keys are in the data folder, or takes the first
 * of HEADWATER_EVIDENCE_KEY, and wraps everything under it. The older keys may be removed afterwards.
 */
export async function rotateEvidenceKey(): Promise<void> {
  const config = readConfig(process.env);
  if (config.evidence.keys === null) addKeyToFolder(config.dataFolder);
  const rewrapped = await withServices(config, async (services) => {
    const { localAdministrator } = await import('../access/authenticate.ts');
    const { requestContext } = await import('../request-context.ts');
    const { rewrapEvidence } = await import('../incident/rewrap-evidence.ts');
    const by = await localAdministrator(services);
    if (by === null)
      throw new StartRefusal('There is no administrator yet; start Headwater once, then rotate.');
    return rewrapEvidence(requestContext(services, by));
  });
  process.stdout.write(`Wrapped the keys of ${rewrapped} sealed objects under the newest master key.\n`);
}
