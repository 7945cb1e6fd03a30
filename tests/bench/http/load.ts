import { Agent, request } from 'node:http';

export interface Driven {
  /** Requests answered a second. */
  rate: number;
  /** Bytes of an answer, in the middle. */
  bytes: number;
}

/** One request of a peer: where to, and what it sends. */
export interface Asked {
  url: string;
  body: string | null;
}

/**
 * Asks by `clients` connections at once, each as soon as it was answered, for so many milliseconds. Rejects where an
 * answer is no 200: a refusal is quick, and would count as speed.
 */
export async function drive(asked: readonly Asked[], clients: number, ms: number): Promise<Driven> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const sizes: number[] = [];
  const begun = performance.now();
  let next = 0;
  const client = async () => {
    while (performance.now() - begun < ms) {
      const one = asked[next % asked.length]!;
      next += 1;
      sizes.push((await answer(agent, one)).length);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  const rate = (sizes.length * 1000) / (performance.now() - begun);
  agent.destroy();
  sizes.sort((a, b) => a - b);
  return { rate, bytes: sizes[Math.floor(sizes.length / 2)] ?? 0 };
}

/** One answer, whole. */
export function answer(agent: Agent, { url, body }: Asked): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const headers = body === null ? {} : { 'content-type': 'application/json' };
    const sent = request(url, { agent, method: body === null ? 'GET' : 'POST', headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks);
        if (response.statusCode === 200) resolve(text);
        else reject(new Error(`${url} answered ${response.statusCode}: ${text.subarray(0, 500)}`));
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
