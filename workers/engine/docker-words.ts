/** Node's names of systems and processors that Docker has others for. */
const systems: Readonly<Record<string, string>> = { win32: 'windows' };
const processors: Readonly<Record<string, string>> = { x64: 'amd64', ia32: '386', ppc64: 'ppc64le', mipsel: 'mipsle' };

/** What this host is, as images and `runs_on` name it: `linux` and `amd64`. */
export function inDockerWords({ os, arch }: { os: string; arch: string }): { os: string; arch: string } {
  return { os: systems[os] ?? os, arch: processors[arch] ?? arch };
}
