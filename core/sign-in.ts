/** The page that exchanges a link's secret for a session. */
export function signInUrl(url: string, secret: string): string {
  return `${url}/sign-in?link=${encodeURIComponent(secret)}`;
}
