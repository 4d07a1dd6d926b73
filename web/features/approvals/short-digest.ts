/** So much of a digest as `palvella approve --digest` wants at least. */
export function shortDigest(digest: string): string {
  return digest.slice(0, 12);
}
