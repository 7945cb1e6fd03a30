// PostGraphile over the schema `peer`, on the loopback; run by ../http/postgraphile.ts on the Node that it needs.
// Prints its address on one line, and ends when its standard input does.
import { createServer } from 'node:http';
import { postgraphile } from 'postgraphile';
import { makePgService } from 'postgraphile/adaptors/pg';
import { grafserv } from 'postgraphile/grafserv/node';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';

const server = createServer();
const instance = postgraphile({
  extends: [PostGraphileAmberPreset],
  pgServices: [
    makePgService({
      connectionString: process.env.PEER_URL,
      schemas: ['peer'],
      poolConfig: { max: 8 },
    }),
  ],
  grafserv: { graphqlPath: '/graphql', graphiql: false, watch: false },
  grafast: { explain: false },
  schema: { defaultBehavior: '-connection +list' },
});
await instance.createServ(grafserv).addTo(server);
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${server.address().port}/graphql\n`);
});
process.stdin.resume();
process.stdin.once('end', () => process.exit(0));
