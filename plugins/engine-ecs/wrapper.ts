import { cgroupFunctions } from '../../engine-kit/containers/cgroup.ts';
import { lost, noDirectory, noProgram, noTools } from '../../engine-kit/containers/script.ts';
import { maxNamedOutput, maxSummary } from '../../engine-kit/output/layout.ts';

/** Where a task keeps what is its own. It goes with the task. */
const stateFolder = '/tmp/palvella';
export const volumeFolder = '/palvella';
export const namedOutputPath = `${stateFolder}/named`;
export const summaryPath = `${stateFolder}/summary`;
/** One byte more than is kept, so that too much is seen. */
const mostNamed = maxNamedOutput + 1;
const mostSummary = maxSummary + 1;
/** How long a command that was asked to end may tidy up, in seconds; the task is killed somewhat later. */
const graceSeconds = 10;
export const stopTimeoutSeconds = 30;

/** A Job's workspace in its task, with and without a volume. */
export function workspacePath(folder: string | undefined): string {
  return folder === undefined ? `${stateFolder}/work` : `${volumeFolder}/${folder}/work`;
}

/**
 * What every task runs, in POSIX sh, since that is what images have: `sh -c WRAPPER palvella MARKER KEY WORKSPACE
 * DIRECTORY` and then the command's words. It writes a log of which each line says what it is (`log-lines.ts`), since
 * CloudWatch has one stream, drops empty lines and has none that do not end.
 *
 * The outputs go through pipes to files first: a program may open its output again by name, and only files can be cut
 * where lines end. Variables begin with _, so that they are none of the command's.
 */
export const wrapper = `
_M=$1 _K=$2 _W=$3 _C=$4 _D=${stateFolder}
shift 4
exec 2>/dev/null
mkdir -p "$_D" "$_W" || { echo "x ${noDirectory} 0 0 0 0"; exit 1; }
mkfifo "$_D/o" "$_D/e" && command -v tee >/dev/null || { echo "x ${noTools} 0 0 0 0"; exit 1; }
${cgroupFunctions}
whole() {
  _n=$(wc -l <"$_D/w.$1")
  [ "$_n" -gt 0 ] && head -n "$_n" "$_D/w.$1" | sed "s/^/$1 /"
  tail -n +$((_n + 1)) "$_D/w.$1" >"$_D/r.$1"
}
part() {
  [ -s "$_D/r.$1" ] || return
  sed "s/^/$1+/" "$_D/r.$1"
  echo
  : >"$_D/r.$1"
}
take() {
  _read=$(dd bs=8000 count=1 | tee "$_D/n.$1" | wc -c)
  if [ "$_read" -eq 0 ]; then
    [ "$_quiet" -ge 2 ] && part "$1"
    return 1
  fi
  cat "$_D/r.$1" "$_D/n.$1" >"$_D/w.$1"
  if [ -e "$_D/status" ] && grep -q "$_M" "$_D/w.$1"; then
    sed -n "/$_M/q;p" "$_D/w.$1" | sed "s/^/$1 /"
    sed -n "s/$_M.*//p" "$_D/w.$1" | head -n 1 | tr -d '\\n' >"$_D/r.$1"
    part "$1"
    : >"$_D/end.$1"
    return
  fi
  whole "$1"
  [ "$(wc -c <"$_D/r.$1")" -lt 8000 ] || part "$1"
}
pump() {
  trap '' TERM
  _quiet=0 _late=0
  while [ $_late -lt 20 ]; do
    _more=
    [ -e "$_D/end.o" ] || { take o && _more=yes; } <&5
    [ -e "$_D/end.e" ] || { take e && _more=yes; } <&6
    [ -e "$_D/end.o" ] && [ -e "$_D/end.e" ] && return
    if [ -n "$_more" ]; then _quiet=0 _late=0; continue; fi
    _quiet=$((_quiet + 1))
    [ -e "$_D/status" ] && _late=$((_late + 1))
    sleep 0.1 || sleep 1
  done
}
marked() {
  _found=
  for _f in /proc/[0-9]*/environ; do
    tr '\\0' '\\n' <"$_f" | grep -Fxq -- "PALVELLA_KEY=$_K" || continue
    _f=\${_f#/proc/}
    _found="$_found \${_f%/environ}"
  done
}
ask() {
  [ -n "$_asked" ] && return
  _asked=' ' _i=0
  while [ ! -e "$_D/status" ] && [ $_i -lt ${graceSeconds * 10} ]; do
    marked
    for _p in $_found; do
      case "$_asked" in *" $_p "*) ;; *) kill -TERM "$_p"; _asked="$_asked$_p " ;; esac
    done
    sleep 0.1 || sleep 1
    _i=$((_i + 1))
  done
  marked
  [ -z "$_found" ] || kill -KILL $_found
}
_asked=
trap ask TERM
: >"$_D/out"; : >"$_D/err"; : >"$_D/r.o"; : >"$_D/r.e"
(trap '' TERM; exec cat <"$_D/o" >"$_D/out") &
(trap '' TERM; exec cat <"$_D/e" >"$_D/err") &
exec 3>"$_D/o" 4>"$_D/e" 5<"$_D/out" 6<"$_D/err"
pump 3>&- 4>&- &
_P=$!
_o=0
cpu
oom
_b=$_c _w=$_o
(
  (
    trap - TERM
    cd "$_W" 2>/dev/null && cd "./$_C" 2>/dev/null || { echo ${noDirectory} >"$_D/not"; exit; }
    command -v "$1" >/dev/null 2>&1 || { echo ${noProgram} >"$_D/not"; exit; }
    export PALVELLA_KEY="$_K"
    exec "$@"
  ) </dev/null >&3 2>&4 3>&- 4>&- 5<&- 6<&-
  echo $? >"$_D/status.new"
  mv "$_D/status.new" "$_D/status"
) &
_S=$!
while [ ! -e "$_D/status" ] && kill -0 $_S; do wait $_S; done
[ -e "$_D/status" ] || echo ${lost} >"$_D/status"
read -r _s <"$_D/status"
echo "$_M" >&3
echo "$_M" >&4
while kill -0 $_P; do wait $_P && break; done
[ -e "$_D/not" ] && read -r _s <"$_D/not"
written() {
  [ -f "$_D/$1" ] && [ ! -h "$_D/$1" ] && [ -s "$_D/$1" ] || return
  head -c "$3" "$_D/$1" | od -An -v -tx1 | tr -d ' \\n' | fold -w 8000 | sed "s/^/$2 /"
  echo
}
_n=0 _t=0
written named n ${mostNamed} && _n=1
written summary s ${mostSummary} && _t=1
cpu
mem
oom
echo "x $_s $_n $((_c - _b)) $_y $((_o - _w)) $_t"
[ "$_s" -lt 256 ] || _s=1
exit "$_s"
`;
