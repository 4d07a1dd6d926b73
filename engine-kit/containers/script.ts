import { PalvellaError } from '../../core/errors.ts';
import { volumePath, workPath } from './container.ts';

/**
 * What runs in a container beside the command, in POSIX sh, since that is what images have. Scripts come by standard
 * input, so that neither a command nor its environment stands in a list of processes or an audit log.
 *
 * A command's folder on the Job's volume says all of it to a Worker that comes later: `out` and `err` hold what it
 * printed, `done` how it ended. The folder is made first, by `mkdir`, which only one can: that one starts the command.
 */

export interface StartScript {
  folder: string;
  /** Ends what the command printed. On standard output, the rest of the line is what `parseEnd` reads. */
  marker: string;
  /** Absolute. */
  directory: string;
  environ: Readonly<Record<string, string>>;
  argv: readonly string[];
  /** Bytes of each output that are known already, where the command was started before. */
  known: { stdout: number; stderr: number };
}

/** Statuses that no process can end with: the command was not started. */
export const noDirectory = 1001;
export const noProgram = 1002;
/** The command's own processes are gone and nobody saw how. */
export const lost = 1003;
export const noTools = 1004;

/** How a command ended, and what it used. */
export interface End {
  /** Above 1000: one of those above. */
  status: number;
  /** Whether it wrote to $PALVELLA_OUTPUT. */
  named: boolean;
  cpuMs: number;
  /** Of the container so far, in bytes. */
  peakMemory: number;
  /** Processes that the system killed meanwhile because the container's memory was used up. */
  outOfMemory: number;
}

export function parseEnd(line: string): End {
  const [status = lost, named = 0, cpu = 0, peakMemory = 0, outOfMemory = 0] = line.split(' ').map(Number);
  return { status, named: named === 1, cpuMs: Math.round(cpu / 1000), peakMemory, outOfMemory };
}

export function actionFolderIn(digest: string): string {
  return `${volumePath}/actions/${digest}`;
}

/** Starts the command, or follows the one that was started; prints its outputs, then the marker on each. */
export function startScript({ folder, marker, directory, environ, argv, known }: StartScript): string {
  const exports = Object.entries(environ).map(([name, value]) => `export ${name}=${quote(value)}`);
  return `
D=${quote(folder)} M=${quote(marker)}
cpu() {
  c=0
  if read -r c </sys/fs/cgroup/cpuacct/cpuacct.usage; then c=$((c / 1000)); return; fi
  while read -r k v; do [ "$k" = usage_usec ] && c=$v && return; done </sys/fs/cgroup/cpu.stat
}
mem() {
  m=0
  read -r m </sys/fs/cgroup/memory.peak || read -r m </sys/fs/cgroup/memory/memory.max_usage_in_bytes
}
oom() {
  while read -r k v; do [ "$k" = oom_kill ] && o=$v; done </sys/fs/cgroup/memory.events ||
    while read -r k v; do [ "$k" = oom_kill ] && o=$v; done </sys/fs/cgroup/memory/memory.oom_control
}
run() {
  trap '' HUP
  read -r p _ </proc/self/stat
  echo "$p" >"$D/pid"
  mkfifo "$D/o" "$D/e" || return
  (trap '' PIPE; exec tee "$D/out" <"$D/o" 2>/dev/null) &
  (trap '' PIPE; exec tee "$D/err" <"$D/e" >&2 2>/dev/null) &
  exec 3>"$D/o" 4>"$D/e"
  o=0
  cpu 2>/dev/null
  oom 2>/dev/null
  b=$c w=$o
  (
    cd ${quote(directory)} 2>/dev/null || { echo ${noDirectory} >"$D/not"; exit; }
    ${exports.join('\n    ')}
    set -- ${argv.map(quote).join(' ')}
    command -v "$1" >/dev/null 2>&1 || { echo ${noProgram} >"$D/not"; exit; }
    exec "$@"
  ) </dev/null >&3 2>&4 3>&- 4>&-
  s=$?
  [ -e "$D/not" ] && read -r s <"$D/not"
  n=0
  [ -f "$D/named" ] && [ ! -h "$D/named" ] && [ -s "$D/named" ] && n=1
  cpu 2>/dev/null
  mem 2>/dev/null
  oom 2>/dev/null
  set -- "$s $n $((c - b)) $m $((o - w))"
  echo "$1" >"$D/done"
  echo "$M$1" >&3
  echo "$M" >&4
}
follow() {
  dd bs=1 count=0 skip="$2" 2>/dev/null
  i=0
  while [ $i -lt 20 ]; do
    cat
    if [ -e "$D/done" ] || ! alive; then i=$((i + 1)); fi
    sleep 0.1 || sleep 1
  done
  [ "$1" = err ] && echo "$M" && return
  if [ -e "$D/done" ]; then read -r s <"$D/done"; echo "$M$s"; else echo "\${M}${lost} 0 0 0 0"; fi
}
alive() {
  read -r p <"$D/pid" && kill -0 "$p"
} 2>/dev/null
command -v mkfifo >/dev/null && command -v tee >/dev/null || { echo "\${M}${noTools} 0 0 0 0"; exit 0; }
[ -d ${volumePath}/actions ] || mkdir -p ${volumePath}/actions
[ -d ${workPath} ] || mkdir -p ${workPath}
if mkdir "$D" 2>/dev/null; then
  run &
  wait
else
  [ -e "$D/out" ] || : >>"$D/out"
  [ -e "$D/err" ] || : >>"$D/err"
  follow out ${known.stdout} <"$D/out" &
  follow err ${known.stderr} <"$D/err" >&2 &
  wait
fi
exit 0
`;
}

/** Whether the command of this folder was ever started: prints yes or no. */
export function startedScript(folder: string): string {
  return `if [ -d ${quote(folder)} ]; then echo yes; else echo no; fi\nexit 0\n`;
}

/**
 * Asks all processes that have `marker` in their environment to end and kills those that are there after the grace,
 * wherever they have moved. A command that was not started yet never will be.
 */
export function stopScript(folder: string, marker: string, graceMs: number): string {
  const tenths = Math.ceil(graceMs / 100);
  return `
D=${quote(folder)}
if mkdir -p ${volumePath}/actions && mkdir "$D" 2>/dev/null; then
  echo '143 0 0 0 0' >"$D/done"
  exit 0
fi
i=0 asked=' '
while [ $i -lt ${tenths + 100} ]; do
  found=
  for f in /proc/[0-9]*/environ; do
    p=\${f#/proc/}
    p=\${p%/environ}
    tr '\\0' '\\n' <"$f" 2>/dev/null | grep -Fxq -- ${quote(marker)} || continue
    found=yes
    if [ $i -ge ${tenths} ]; then kill -KILL "$p" 2>/dev/null
    else case "$asked" in *" $p "*) ;; *) kill -TERM "$p" 2>/dev/null; asked="$asked$p " ;; esac
    fi
  done
  [ -z "$found" ] && [ -e "$D/done" ] && exit 0
  [ -z "$found" ] && [ $i -ge ${tenths} ] && exit 0
  sleep 0.1 || sleep 1
  i=$((i + 1))
done
exit 0
`;
}

/** Prints what a command wrote to $PALVELLA_OUTPUT, one byte more than `most` at most. */
export function namedOutputScript(folder: string, most: number): string {
  return `F=${quote(`${folder}/named`)}\n[ -f "$F" ] && [ ! -h "$F" ] && head -c ${most + 1} <"$F"\nexit 0\n`;
}

/** As one word of sh. */
export function quote(text: string): string {
  if (text.includes('\0')) throw new PalvellaError('engine_refused', 'a command or variable holds a NUL character');
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
