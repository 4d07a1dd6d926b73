/** So much of a SHA-256 as people are shown, and as `palvella approve --digest` wants at least. */
export function shortDigest(digest: string): string {
  return digest.slice(0, 12);
}
