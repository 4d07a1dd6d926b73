/**
 * Whether a request that a browser makes with a session comes from our own pages: its Origin is the configured
 * address, or the host that it was sent to. Without an Origin nobody can tell.
 */
export function isOwnOrigin(headers: Headers, url: string): boolean {
  const origin = headers.get('origin');
  if (origin === null) return false;
  try {
    const { host, origin: given } = new URL(origin);
    return given === new URL(url).origin || host === headers.get('host');
  } catch {
    return false;
  }
}

export function isSafeMethod(method: string): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
}
