export type { Blobs } from './contract.ts';
export { createFileBlobs } from './files.ts';
