/** Where to go after signing in: a path of this server, never another's address. */
export function nextPage(wanted: string | null): string {
  return wanted !== null && /^\/(?![/\\])[^\\\n\r\t]*$/.test(wanted) ? wanted : '/';
}
