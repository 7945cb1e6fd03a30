/** A file that lies on disk while it is read. */
export interface ReadableFile {
  path: string;
  /** As the sender calls it, without folders. */
  name: string;
  /** The folders that the sender names before it, outermost first; for formats that put facts into them. */
  folders: readonly string[];
  /** SHA-256 of its bytes, in hexadecimal. */
  digest: string;
  bytes: number;
}
