/** The known name that is most like `name`, or undefined where none is near. */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  const wanted = name.slice(0, longest).toLowerCase();
  let best: string | undefined;
  let least = (wanted.length < 2 ? 0 : Math.max(1, Math.floor(wanted.length / 3))) + 0.5;
  let compared = 0;
  for (const candidate of known) {
    if (++compared > mostCompared) break;
    if (Math.abs(candidate.length - name.length) >= least) continue;
    const distance = candidate === name ? 0 : editDistance(wanted, candidate.slice(0, longest).toLowerCase(), least);
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

const longest = 64;
const mostCompared = 1000;
const mostListed = 20;

/** In the text of a hint that knows a near name. */
export const meant = 'did you mean';

/** `; did you mean "x"?`, or what there is, or nothing. */
export function nearestHint(name: string, known: Iterable<string>): string {
  const names = [...known];
  const near = nearest(name, names);
  if (near !== undefined) return `; ${meant} ${JSON.stringify(near)}?`;
  return names.length === 0 ? '' : `; there is ${listed(names)}`;
}

/** Names for people, cut where there are many. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, mostListed).join(', ');
  return names.length > mostListed ? `${shown} and ${names.length - mostListed} more` : shown;
}

/** Insertions, removals, exchanges and swaps of neighbours; given up where it cannot be below `most`. */
function editDistance(a: string, b: string, most: number): number {
  let [before, last] = [[] as number[], Array.from({ length: b.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min((row[j - 1] ?? 0) + 1, (last[j] ?? 0) + 1, (last[j - 1] ?? 0) + same);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    if (Math.min(...row) > most && Math.min(...last) > most) return most;
    [before, last] = [last, row];
  }
  return last[b.length] ?? 0;
}
