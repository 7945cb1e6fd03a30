import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningApi, startApi } from '../../../api/src/server.ts';
import { type TestApi, testApi } from '../../testkit/api.ts';

describe('a name that leads nowhere', () => {
  let api: TestApi;
  let running: RunningApi;
  const heard: string[] = [];
  beforeAll(async () => {
    api = await testApi();
    running = await startApi({
      services: api.services,
      host: '127.0.0.1',
      port: 0,
      compiled: (field) => heard.push(field),
    });
  });
  afterAll(async () => {
    await running?.close();
    await api?.close();
  });

  it('is answered with null, and names like it are looked for where they are told alone', async () => {
    const { data, statements } = await api.anonymous('{ lineageNode(ref: "source:nothing") { id } }');
    expect(data).toEqual({ lineageNode: null });
    expect(statements.filter((sql) => /ilike/.test(sql))).toEqual([]);
    const told = await api.anonymous(
      '{ lineagePath(from: "source:nothing", to: "source:nothing") { share } }',
    );
    expect(told.statements.filter((sql) => /ilike/.test(sql))).toHaveLength(1);
  });

  it('is answered once where the document is asked again and again', async () => {
    const body = JSON.stringify({ query: '{ lineageNode(ref: "source:nothing") { lineage { knownOn } } }' });
    const ask = async () => {
      const headers = { 'content-type': 'application/json' };
      return (await fetch(`${running.url}/graphql`, { method: 'POST', headers, body })).text();
    };
    const texts = [await ask(), await ask(), await ask()];
    expect(texts).toEqual(Array(3).fill('{"data":{"lineageNode":null}}\n'));
    expect(heard).toEqual(['lineageNode', 'lineageNode']);
  });
});
