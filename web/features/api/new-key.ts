/** An idempotency key. `randomUUID` exists only on HTTPS and localhost; a page on a plain address of a LAN needs this. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
