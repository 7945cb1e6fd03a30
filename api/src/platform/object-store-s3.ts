import type { Readable } from 'node:stream';
import type { S3Client } from '@aws-sdk/client-s3';
import { checkName, leftBehind, ObjectMissing, type ObjectStore } from './object-store.ts';

export interface S3Place {
  /** The bucket, and after a slash what the objects' keys begin with. */
  bucket: string;
  /** Of a store that is not Amazon's; it is then asked by paths, as those stores expect. */
  endpoint: string | null;
  region: string;
}

type Sdk = typeof import('@aws-sdk/client-s3');

export interface S3Bounds {
  /** S3 wants 5 MiB at least in every part but the last, and 10,000 parts at most: this bounds an object to 78 GiB. */
  partBytes: number;
  connectMs: number;
  /** How long the store may say and take nothing while it is waited for. What is slow but goes on is not cut off. */
  silentMs: number;
}

const BOUNDS: S3Bounds = { partBytes: 8 * 1024 * 1024, connectMs: 5_000, silentMs: 20_000 };

/** Objects in a bucket of any S3-compatible store; who may use it is found in the usual AWS variables and files. */
export function s3Store(
  { bucket: place, endpoint, region }: S3Place,
  bounds: Partial<S3Bounds> = {},
): ObjectStore {
  const { partBytes, connectMs, silentMs } = { ...BOUNDS, ...bounds };
  const [bucket, ...folders] = place.split('/').filter(Boolean);
  if (bucket === undefined) throw new Error('The bucket has no name.');
  const objectOf = (name: string) => ({ Bucket: bucket, Key: [...folders, checkName(name)].join('/') });
  // Loaded where it is used: most installations keep their evidence on a disk.
  let opened: Promise<{ sdk: Sdk; writing: S3Client; reading: S3Client }> | null = null;
  const open = () => {
    opened ??= import('@aws-sdk/client-s3').then((sdk) => {
      const clientWith = (bound: object) =>
        clientOf(sdk, { endpoint, region, bounds: { connectionTimeout: connectMs, ...bound } });
      return {
        sdk,
        writing: clientWith({ socketTimeout: silentMs }),
        // Until the answer begins. A silent socket tells nothing after that: whoever reads may take their time.
        reading: clientWith({ requestTimeout: silentMs, throwOnRequestTimeout: true }),
      };
    });
    return opened;
  };
  const read = async (name: string, range?: string): Promise<AsyncIterable<Uint8Array>> => {
    const { sdk, reading } = await open();
    try {
      const { Body } = await reading.send(new sdk.GetObjectCommand({ ...objectOf(name), Range: range }));
      if (Body === undefined) throw new ObjectMissing(name);
      return heard(Body as Readable, silentMs);
    } catch (error) {
      throw error instanceof sdk.NoSuchKey ? new ObjectMissing(name) : error;
    }
  };
  return {
    async put(name, content) {
      const { sdk, writing: client } = await open();
      const object = objectOf(name);
      /** The store may have done what it was asked and only the answer be lost, so the object goes as well. */
      const undo = (UploadId?: string) => async (error: unknown) => {
        // One silence for both: it may be that nothing comes of them either.
        const within = { abortSignal: AbortSignal.timeout(silentMs) };
        if (UploadId !== undefined)
          await client
            .send(new sdk.AbortMultipartUploadCommand({ ...object, UploadId }), within)
            .catch(() => undefined);
        await client.send(new sdk.DeleteObjectCommand(object), within).catch(leftBehind(name));
        throw error;
      };
      const parts = inParts(content, partBytes);
      try {
        const first = await parts.next();
        if (first.done === true || first.value.last) {
          const Body = first.value?.bytes ?? Buffer.alloc(0);
          await client.send(new sdk.PutObjectCommand({ ...object, Body })).catch(undo());
          return;
        }
        const { UploadId } = await client.send(new sdk.CreateMultipartUploadCommand(object));
        const upload = { ...object, UploadId };
        await putInParts(sdk, client, upload, first.value.bytes, parts).catch(undo(UploadId));
      } finally {
        // Where it was not read to its end, what it comes from is let go of.
        await parts.return(undefined);
      }
    },
    get: (name) => read(name),
    range: (name, from, length) => read(name, `bytes=${from}-${from + length - 1}`),
    async remove(name) {
      const { sdk, writing } = await open();
      await writing.send(new sdk.DeleteObjectCommand(objectOf(name)));
    },
  };
}

function clientOf(
  sdk: Sdk,
  { endpoint, region, bounds }: { endpoint: string | null; region: string; bounds: object },
): S3Client {
  return new sdk.S3Client({
    region,
    requestHandler: bounds,
    ...(endpoint === null ? {} : { endpoint, forcePathStyle: true }),
    // Many compatible stores refuse the newer checksums; what is sealed proves itself when it is opened.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
}

/** What comes of a body; it breaks off where its next piece does not come in time. */
async function* heard(body: Readable, silentMs: number): AsyncGenerator<Uint8Array> {
  const pieces = body[Symbol.asyncIterator]();
  const next = async (): Promise<IteratorResult<Uint8Array>> => {
    const late = setTimeout(() => body.destroy(new Error('The store of objects fell silent.')), silentMs);
    return pieces.next().finally(() => clearTimeout(late));
  };
  try {
    for (let piece = await next(); piece.done !== true; piece = await next()) yield piece.value;
  } finally {
    await pieces.return?.();
  }
}

async function putInParts(
  sdk: Sdk,
  client: S3Client,
  upload: { Bucket: string; Key: string; UploadId: string | undefined },
  first: Buffer,
  rest: AsyncGenerator<{ bytes: Buffer; last: boolean }>,
): Promise<void> {
  const Parts: { ETag: string | undefined; PartNumber: number }[] = [];
  const send = async (Body: Buffer) => {
    const PartNumber = Parts.length + 1;
    const { ETag } = await client.send(new sdk.UploadPartCommand({ ...upload, PartNumber, Body }));
    Parts.push({ ETag, PartNumber });
  };
  await send(first);
  for await (const part of rest) await send(part.bytes);
  await client.send(new sdk.CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } }));
}

async function* inParts(
  content: AsyncIterable<Uint8Array>,
  size: number,
): AsyncGenerator<{ bytes: Buffer; last: boolean }, undefined> {
  let held: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of content) {
    if (length >= size) {
      yield { bytes: Buffer.concat(held, length), last: false };
      held = [];
      length = 0;
    }
    held.push(chunk);
    length += chunk.length;
  }
  yield { bytes: Buffer.concat(held, length), last: true };
}
