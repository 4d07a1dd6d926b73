import type { DataConverter } from '@temporalio/common';
import { payloadCodec } from './payload-codec.ts';

/** The same wherever payloads are written or read. */
export const dataConverter: DataConverter = { payloadCodecs: [payloadCodec] };
