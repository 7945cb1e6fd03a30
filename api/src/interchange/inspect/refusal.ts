/** A file that is not read; the message is a whole sentence for the person who sent it. */
export class Refusal extends Error {
  override name = 'Refusal';
}
