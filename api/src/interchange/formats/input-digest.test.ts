import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../inspect/json-value.ts';
import { digestOfJson, digestOfMessages, withChoices } from './input-digest.ts';

const user = (content: unknown, more: object = {}) => [{ role: 'user', content, ...more }];
const digest = (input: unknown) => digestOfMessages(input as never);

describe('the digest of what a model was given', () => {
  it('is the same for a text and for the one message of a user that holds it, by whatever id and source', () => {
    const text = digest('What is 2 + 2?');
    expect(text).toMatch(/^messages:[0-9a-f]{64}$/);
    expect(digest(user('What is 2 + 2?'))).toBe(text);
    expect(digest(user('What is 2 + 2?', { id: 'x1', source: 'input' }))).toBe(text);
    expect(digest(user([{ type: 'text', text: 'What is 2 + 2?', citations: null }]))).toBe(text);
  });
  it('is another for another text, role, order, or message', () => {
    const given = [
      'ab',
      'ba',
      '',
      [],
      [{ role: 'system', content: 'ab' }],
      [...user('a'), ...user('b')],
      [...user('b'), ...user('a')],
      user([
        { type: 'text', text: 'a' },
        { type: 'text', text: 'b' },
      ]),
      [...user('a'), { role: 'assistant', content: 'b' }],
      [...user('ab'), { role: 'assistant', content: '' }],
    ];
    expect(new Set(given.map(digest)).size).toBe(given.length);
  });
  it('tells calls of tools by function and arguments, in whatever order their names stand', () => {
    const called = (call: object) =>
      digest([...user('q'), { role: 'assistant', content: '', tool_calls: [call] }]);
    const one = called({ id: 'c1', function: 'add', arguments: { a: 1, b: 2 } });
    expect(called({ arguments: { b: 2, a: 1 }, function: 'add', id: 'c2' })).toBe(one);
    expect(called({ id: 'c1', function: 'add', arguments: { a: 1, b: 3 } })).not.toBe(one);
  });
  it('of any messages does not go by the order of names, nor by what stands beside role, text and calls', () => {
    const json = fc.jsonValue({ maxDepth: 1 }) as fc.Arbitrary<JsonValue>;
    const call = fc.record({
      function: fc.string(),
      arguments: fc.dictionary(fc.string(), json, { maxKeys: 3 }),
    });
    const message = fc.record({
      role: fc.string(),
      content: fc.string(),
      tool_calls: fc.array(call, { maxLength: 2 }),
    });
    const elsewhere = (of: object): object =>
      Object.fromEntries(
        Object.entries(of)
          .reverse()
          .map(([name, value]) => [
            name,
            value !== null && typeof value === 'object' ? turned(value) : value,
          ]),
      );
    const turned = (value: object): object =>
      Array.isArray(value)
        ? value.map((one) => (one !== null && typeof one === 'object' ? turned(one) : one))
        : elsewhere(value);
    fc.assert(
      fc.property(fc.array(message, { maxLength: 3 }), fc.string(), (messages, id) => {
        const written = messages.map((one) => ({ id, metadata: { id }, ...elsewhere(one) }));
        expect(digest(written)).toBe(digest(messages));
      }),
    );
  });
  it('of any two lists of messages is the same only where they are', () => {
    // Few letters, so that pieces often run into one another.
    const text = fc.string({ unit: fc.constantFrom('a', '1', ' '), maxLength: 3 });
    const messages = fc.array(
      fc.record({ role: text, content: fc.array(text, { minLength: 1, maxLength: 2 }) }),
      {
        maxLength: 3,
      },
    );
    fc.assert(
      fc.property(messages, messages, (one, two) => {
        expect(digest(one) === digest(two)).toBe(JSON.stringify(one) === JSON.stringify(two));
      }),
      { numRuns: 500 },
    );
  });
  it('is unknown where something is no text, or no message', () => {
    expect(digest(user([{ type: 'image', image: 'data:image/png;base64,AA==' }]))).toBeNull();
    expect(digest([{ content: 'of no role' }])).toBeNull();
    expect(digest({ role: 'user', content: 'no list' })).toBeNull();
    expect(digest(undefined)).toBeNull();
    expect(digest(null)).toBeNull();
  });
  it('goes with the choices in their order, where there are any', () => {
    const plain = digest('q');
    expect(withChoices(plain, null)).toBe(plain);
    expect(withChoices(plain, [])).toBe(plain);
    const chosen = withChoices(plain, ['a', 'b']);
    expect(chosen).not.toBe(plain);
    expect(withChoices(plain, ['b', 'a'])).not.toBe(chosen);
    expect(withChoices(plain, 'too long')).toBeNull();
    expect(withChoices(null, ['a', 'b'])).toBeNull();
  });
  it('of a document is that of what it says, in whatever order its names stand', () => {
    const one = digestOfJson('document', { question: 'q', choices: { text: ['a'], label: [1] } });
    expect(one).toMatch(/^document:[0-9a-f]{64}$/);
    expect(digestOfJson('document', { choices: { label: [1], text: ['a'] }, question: 'q' })).toBe(one);
    expect(digestOfJson('document', { question: 'q', choices: { text: ['b'], label: [1] } })).not.toBe(one);
  });
});
