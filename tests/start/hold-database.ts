// A Headwater that has got as far as its database, to be killed by the tests.
import { keepRunning } from '../../api/src/cli/child.ts';
import { openInstallationDatabase } from '../../api/src/cli/installation-database.ts';
import { readConfig } from '../../api/src/config.ts';
import { lockDataFolder, openDataFolder } from '../../api/src/platform/data-folder.ts';

const config = readConfig(process.env);
const folder = openDataFolder(config.dataFolder);
lockDataFolder(folder.path);
const database = await openInstallationDatabase(config, folder);
const program = `require('node:http').createServer().listen(${config.port}, '127.0.0.1')`;
keepRunning('The web', ['-e', program], { cwd: folder.path, env: process.env });
process.stdout.write(`${JSON.stringify({ ownerUrl: database.ownerUrl })}\n`);
setInterval(() => undefined, 60_000);
