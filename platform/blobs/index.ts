export { type Blobs, blobName, type Range, type Stored } from './contract.ts';
export { createFileBlobs } from './files.ts';
