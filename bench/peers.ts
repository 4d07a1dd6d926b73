/** What other servers reached on a machine of the same kind, best sample of two; by the name of our figure. */
const peers: Record<string, { better: 'less' | 'more'; values: Record<string, number> }> = {
  "trigger to the command's first byte": { better: 'less', values: { Dagu: 56, Buildbot: 253, Prefect: 5300 } },
  '100 sequential run: true': { better: 'less', values: { Dagu: 1500, Buildbot: 16_200, Prefect: 21_100 } },
  '200 one-Job runs, 50 at once': { better: 'more', values: { Dagu: 9.4, Buildbot: 4, Prefect: 0.4 } },
  '200 parallel Jobs': { better: 'less', values: { Dagu: 2300, Buildbot: 86_000, Prefect: 16_000 } },
  '100 MB log, trigger to stored whole': { better: 'more', values: { Dagu: 71, Buildbot: 1.8 } },
  'log line to reader, p50': { better: 'less', values: { Dagu: 261, Buildbot: 2030, Prefect: 1011 } },
};

/** Peers that are ahead of a value. */
export function aheadOf(name: string, value: number): string[] {
  const peer = peers[name];
  if (peer === undefined) return [];
  return Object.entries(peer.values)
    .filter(([, theirs]) => (peer.better === 'less' ? theirs < value : theirs > value))
    .map(([who, theirs]) => `${who} ${theirs}`);
}
