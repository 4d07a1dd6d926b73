/** Docker's own, which an image comes from that names none. */
export const hub = 'docker.io';

/** The registry that an image's name begins with. */
export function registryOf(image: string): string {
  const [first = '', ...rest] = image.split('/');
  const named = rest.length > 0 && (first.includes('.') || first.includes(':') || first === 'localhost');
  return named ? first : hub;
}
