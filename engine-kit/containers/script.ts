import { PalvellaError } from '../../core/errors.ts';
import { cgroupFunctions } from './cgroup.ts';
import { volumePath, workPath } from './container.ts';

/**
 * What runs in a container beside the command, in POSIX sh, since that is what images have. Scripts come by standard
 * input, so that neither a command nor its environment stands in a list of processes or an audit log.
 *
 * A command's folder on the Job's volume says all of it to a Worker that comes later: `out` and `err` hold what it
 * printed, `done` how it ended. The folder is made first, by `mkdir`, which only one can: that one starts the command.
 * What has printed something was started, also where its folder is gone since. Our variables begin with `_`, so that
 * they are none of the image's or the command's.
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
  /** Whether it wrote to $PALVELLA_SUMMARY. */
  summary: boolean;
  cpuMs: number;
  /** Of the container so far, in bytes. */
  peakMemory: number;
  /** Processes that the system killed meanwhile because the container's memory was used up. */
  outOfMemory: number;
}

/** A command can write what it likes where its end is kept. */
export function parseEnd(line: string): End {
  const numbers = line.split(' ').map((word) => (/^\d{1,15}$/.test(word) ? Number(word) : undefined));
  const [said = lost, named = 0, cpu = 0, peakMemory = 0, outOfMemory = 0, summary = 0] = numbers;
  const status = said <= 255 || (said >= noDirectory && said <= noTools) ? said : lost;
  const written = { named: named === 1, summary: summary === 1 };
  return { status, ...written, cpuMs: Math.round(cpu / 1000), peakMemory, outOfMemory };
}

export function actionFolderIn(digest: string): string {
  return `${volumePath}/actions/${digest}`;
}

/** Starts the command, or follows the one that was started; prints its outputs, then the marker on each. */
export function startScript({ folder, marker, directory, environ, argv, known }: StartScript): string {
  const exports = Object.entries(environ).map(([name, value]) => `export ${name}=${quote(value)}`);
  return `
_d=${quote(folder)} _m=${quote(marker)}
${cgroupFunctions}
run() {
  trap '' HUP
  read -r _p _ </proc/self/stat
  echo "$_p" >"$_d/pid"
  mkfifo "$_d/o" "$_d/e" || return
  (trap '' PIPE; exec tee "$_d/out" <"$_d/o" 2>/dev/null) &
  (trap '' PIPE; exec tee "$_d/err" <"$_d/e" >&2 2>/dev/null) &
  exec 3>"$_d/o" 4>"$_d/e"
  _o=0
  cpu 2>/dev/null
  oom 2>/dev/null
  _b=$_c _w=$_o
  (
    read -r _p _ </proc/self/stat
    echo "$_p" >"$_d/command"
    cd ${quote(directory)} 2>/dev/null || { echo ${noDirectory} >"$_d/not"; exit; }
    ${exports.join('\n    ')}
    set -- ${argv.map(quote).join(' ')}
    command -v "$1" >/dev/null 2>&1 || { echo ${noProgram} >"$_d/not"; exit; }
    exec "$@"
  ) </dev/null >&3 2>&4 3>&- 4>&-
  _s=$?
  [ -f "$_d/not" ] && read -r _s <"$_d/not"
  _n=0 _t=0
  [ -f "$_d/named" ] && [ ! -h "$_d/named" ] && [ -s "$_d/named" ] && _n=1
  [ -f "$_d/summary" ] && [ ! -h "$_d/summary" ] && [ -s "$_d/summary" ] && _t=1
  cpu 2>/dev/null
  mem 2>/dev/null
  oom 2>/dev/null
  set -- "$_s $_n $((_c - _b)) $_y $((_o - _w)) $_t"
  echo "$1" >"$_d/done"
  echo "$_m$1" >&3
  echo "$_m" >&4
}
follow() {
  dd bs=1 count=0 skip="$2" 2>/dev/null
  _i=0
  while [ $_i -lt 20 ]; do
    cat
    if [ -e "$_d/done" ] || ! alive; then _i=$((_i + 1)); fi
    sleep 0.1 || sleep 1
  done
  [ "$1" = err ] && echo "$_m" && return
  if [ -f "$_d/done" ]; then read -r _s <"$_d/done"; echo "$_m$_s"; else echo "\${_m}${lost} 0 0 0 0"; fi
}
alive() {
  read -r _p <"$_d/pid" && kill -0 "$_p"
} 2>/dev/null
command -v mkfifo >/dev/null && command -v tee >/dev/null || { echo "\${_m}${noTools} 0 0 0 0"; exit 0; }
[ -d ${volumePath}/actions ] || mkdir -p ${volumePath}/actions
[ -d ${workPath} ] || mkdir -p ${workPath}
if ${known.stdout + known.stderr === 0} && mkdir "$_d" 2>/dev/null; then
  run &
  wait
elif [ -d "$_d" ]; then
  [ -e "$_d/out" ] || : >>"$_d/out"
  [ -e "$_d/err" ] || : >>"$_d/err"
  follow out ${known.stdout} <"$_d/out" &
  follow err ${known.stderr} <"$_d/err" >&2 &
  wait
else
  echo "\${_m}${lost} 0 0 0 0"
fi
exit 0
`;
}

/** Whether the command of this folder was ever started: prints yes or no. */
export function startedScript(folder: string): string {
  return `if [ -d ${quote(folder)} ]; then echo yes; else echo no; fi\nexit 0\n`;
}

/**
 * Asks the command, and all processes that have `marker` in their environment, to end and kills those that are there
 * after the grace, wherever they have moved. A command that was not started yet never will be.
 */
export function stopScript(folder: string, marker: string, graceMs: number): string {
  const tenths = Math.ceil(graceMs / 100);
  return `
D=${quote(folder)}
if mkdir -p ${volumePath}/actions && mkdir "$D" 2>/dev/null; then
  echo '143 0 0 0 0' >"$D/done"
  exit 0
fi
end() {
  found=yes
  if [ $i -ge ${tenths} ]; then kill -KILL "$1" 2>/dev/null; return; fi
  case "$asked" in *" $1 "*) ;; *) kill -TERM "$1" 2>/dev/null; asked="$asked$1 " ;; esac
}
i=0 asked=' '
while [ $i -lt ${tenths + 100} ]; do
  found=
  for f in /proc/[0-9]*/environ; do
    p=\${f#/proc/}
    p=\${p%/environ}
    tr '\\0' '\\n' <"$f" 2>/dev/null | grep -Fxq -- ${quote(marker)} && end "$p"
  done
  # It may have emptied its environment.
  if [ ! -e "$D/done" ] && [ -f "$D/command" ] && read -r p <"$D/command" && [ -n "$(tr -d '\\0' <"/proc/$p/cmdline")" ]; then
    end "$p"
  fi 2>/dev/null
  [ -z "$found" ] && [ -e "$D/done" ] && exit 0
  [ -z "$found" ] && [ $i -ge ${tenths} ] && exit 0
  sleep 0.1 || sleep 1
  i=$((i + 1))
done
exit 0
`;
}

/** Prints what a command wrote to $PALVELLA_OUTPUT or $PALVELLA_SUMMARY, `most` bytes at most, and then `mark`. */
export function writtenScript(folder: string, file: 'named' | 'summary', most: number, mark: string): string {
  const print = `[ -f "$F" ] && [ ! -h "$F" ] && head -c ${most} <"$F"`;
  return `F=${quote(`${folder}/${file}`)}\n${print}\nprintf %s ${quote(mark)}\nexit 0\n`;
}

/** As one word of sh. */
export function quote(text: string): string {
  if (text.includes('\0')) throw new PalvellaError('engine_refused', 'a command or variable holds a NUL character');
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
