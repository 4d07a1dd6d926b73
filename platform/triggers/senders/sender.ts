import type { Json, JsonObject } from '../../../core/json.ts';
import type { Facts } from '../facts.ts';

/** A request as it came. Names of headers are in lower case. */
export interface Message {
  headers: ReadonlyMap<string, string>;
  body: Buffer;
}

/** What a sender says of what it sends. */
interface Said {
  event: string;
  /** The same when the same is sent again; absent where the sender gives nothing of the kind. */
  key: string | undefined;
  facts: Facts;
}

/** How one kind of webhook signs and speaks. */
export interface Sender {
  /** Headers that are kept; none that holds a secret. */
  headers: readonly string[];
  /** What counts once, where whoever has seen a delivery could send it again under another key. */
  signed?(message: Message): (string | Buffer)[] | undefined;
  /** Throws `unauthenticated` unless whoever sent it knows the secret. */
  verify(message: Message, secret: string): void;
  read(message: Message, payload: Json): Said;
}

/** A webhook of a place where repositories are. */
export interface ForgeSender extends Sender {
  /** Sent to see whether anybody answers. */
  isGreeting(event: string): boolean;
  /** Files that a push changed; undefined where the payload does not tell all of them. */
  changed(event: string, payload: JsonObject): string[] | undefined;
}
