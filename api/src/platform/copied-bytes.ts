// For tests: the bytes of a binary COPY.
export const HEADER = Buffer.concat([Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), Buffer.alloc(8)]);
export const END = Buffer.from([0xff, 0xff]);

/** One row of bigints and texts; null is null. */
export function row(...fields: (bigint | string | null)[]): Buffer {
  const count = Buffer.alloc(2);
  count.writeInt16BE(fields.length);
  return Buffer.concat([
    count,
    ...fields.flatMap((field) => {
      const body = field === null ? null : typeof field === 'string' ? Buffer.from(field) : Buffer.alloc(8);
      if (typeof field === 'bigint') body!.writeBigInt64BE(field);
      const length = Buffer.alloc(4);
      length.writeInt32BE(body === null ? -1 : body.length);
      return body === null ? [length] : [length, body];
    }),
  ]);
}
