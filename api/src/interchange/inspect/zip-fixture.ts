// Writes small zips for tests, with any method and, where a test wants it, untrue statements about size.
import zlib from 'node:zlib';

export interface FixtureMember {
  name: string;
  data: string | Buffer;
  method?: 'stored' | 'deflate' | 'zstd';
  /** What the directory says instead of the true values. */
  claims?: { method?: number; size?: number; crc?: number; flags?: number };
}

const METHODS = { stored: 0, deflate: 8, zstd: 93 } as const;

export function zipOf(members: FixtureMember[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, data, method = 'deflate', claims = {} } of members) {
    const plain = Buffer.from(data);
    const packed = pack(plain, method);
    const about = Buffer.alloc(26);
    about.writeUInt16LE(20, 0);
    about.writeUInt16LE(claims.flags ?? 0, 2);
    about.writeUInt16LE(claims.method ?? METHODS[method], 4);
    about.writeUInt32LE(claims.crc ?? zlib.crc32(plain), 10);
    about.writeUInt32LE(packed.length, 14);
    about.writeUInt32LE(claims.size ?? plain.length, 18);
    about.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), about, Buffer.from(name), packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\x00'), about, tail, Buffer.from(name));
    parts.push(local);
    offset += local.length;
  }
  const listing = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(listing.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, listing, end]);
}

function pack(plain: Buffer, method: keyof typeof METHODS): Buffer {
  if (method === 'deflate') return zlib.deflateRawSync(plain);
  return method === 'zstd' ? zstdRaw(plain) : plain;
}

/** A zstd frame whose blocks are not compressed (RFC 8878): as good as any to a decoder, and written by hand. */
export function zstdRaw(plain: Buffer): Buffer {
  const header = Buffer.alloc(9);
  header.writeUInt32LE(0xfd2fb528, 0);
  header[4] = 0xa0; // single segment, content size in four bytes
  header.writeUInt32LE(plain.length, 5);
  const blocks: Buffer[] = [];
  const most = 100_000;
  for (let at = 0; at === 0 || at < plain.length; at += most) {
    const piece = plain.subarray(at, at + most);
    const last = at + most >= plain.length ? 1 : 0;
    const blockHeader = Buffer.alloc(3);
    blockHeader.writeUIntLE((piece.length << 3) | last, 0, 3);
    blocks.push(blockHeader, piece);
  }
  return Buffer.concat([header, ...blocks]);
}
