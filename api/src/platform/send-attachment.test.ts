import { describe, expect, it } from 'vitest';
import { attachment } from './send-attachment.ts';

describe('the name of a download', () => {
  it('is said in both forms, and breaks out of neither', () => {
    expect(attachment('größe "1".json')).toBe(
      `attachment; filename="gr__e _1_.json"; filename*=UTF-8''gr%C3%B6%C3%9Fe%20%221%22.json`,
    );
    const hostile = attachment(`a"; filename=x.html\r\nX: y\ud800'()*!`);
    expect(hostile).not.toMatch(/[\r\n]/);
    expect(hostile.match(/"/g)).toHaveLength(2);
    expect(hostile).toMatch(/filename\*=UTF-8''[A-Za-z0-9%._~-]+$/);
  });
});
