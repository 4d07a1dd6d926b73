import { lost, noDirectory, noProgram, noTools } from '../../engine-kit/containers/script.ts';

/** Where a task keeps what is its own. It goes with the task. */
const stateFolder = '/tmp/palvella';
export const volumeFolder = '/palvella';
export const namedOutputPath = `${stateFolder}/named`;
/** Bytes; one more than a named output may have, so that one too large is seen. */
const mostNamed = 1024 * 1024 + 1;
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
 * where lines end.
 */
export const wrapper = `
M=$1 K=$2 W=$3 C=$4 D=${stateFolder}
shift 4
exec 2>/dev/null
mkdir -p "$D" "$W" || { echo "x ${noDirectory} 0 0 0 0"; exit 1; }
mkfifo "$D/o" "$D/e" && command -v tee >/dev/null || { echo "x ${noTools} 0 0 0 0"; exit 1; }
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
whole() {
  n=$(wc -l <"$D/w.$1")
  [ "$n" -gt 0 ] && head -n "$n" "$D/w.$1" | sed "s/^/$1 /"
  tail -n +$((n + 1)) "$D/w.$1" >"$D/r.$1"
}
part() {
  [ -s "$D/r.$1" ] || return
  sed "s/^/$1+/" "$D/r.$1"
  echo
  : >"$D/r.$1"
}
take() {
  read=$(dd bs=8000 count=1 | tee "$D/n.$1" | wc -c)
  if [ "$read" -eq 0 ]; then
    [ "$quiet" -ge 2 ] && part "$1"
    return 1
  fi
  cat "$D/r.$1" "$D/n.$1" >"$D/w.$1"
  if [ -e "$D/status" ] && grep -q "$M" "$D/w.$1"; then
    sed -n "/$M/q;p" "$D/w.$1" | sed "s/^/$1 /"
    sed -n "s/$M.*//p" "$D/w.$1" | head -n 1 | tr -d '\\n' >"$D/r.$1"
    part "$1"
    : >"$D/end.$1"
    return
  fi
  whole "$1"
  [ "$(wc -c <"$D/r.$1")" -lt 8000 ] || part "$1"
}
pump() {
  trap '' TERM
  quiet=0 late=0
  while [ $late -lt 20 ]; do
    more=
    [ -e "$D/end.o" ] || { take o && more=yes; } <&5
    [ -e "$D/end.e" ] || { take e && more=yes; } <&6
    [ -e "$D/end.o" ] && [ -e "$D/end.e" ] && return
    if [ -n "$more" ]; then quiet=0 late=0; continue; fi
    quiet=$((quiet + 1))
    [ -e "$D/status" ] && late=$((late + 1))
    sleep 0.1 || sleep 1
  done
}
marked() {
  found=
  for f in /proc/[0-9]*/environ; do
    tr '\\0' '\\n' <"$f" | grep -Fxq -- "PALVELLA_KEY=$K" || continue
    f=\${f#/proc/}
    found="$found \${f%/environ}"
  done
}
ask() {
  [ -n "$asked" ] && return
  asked=' ' i=0
  while [ ! -e "$D/status" ] && [ $i -lt ${graceSeconds * 10} ]; do
    marked
    for p in $found; do
      case "$asked" in *" $p "*) ;; *) kill -TERM "$p"; asked="$asked$p " ;; esac
    done
    sleep 0.1 || sleep 1
    i=$((i + 1))
  done
  marked
  [ -z "$found" ] || kill -KILL $found
}
asked=
trap ask TERM
: >"$D/out"; : >"$D/err"; : >"$D/r.o"; : >"$D/r.e"
(trap '' TERM; exec cat <"$D/o" >"$D/out") &
(trap '' TERM; exec cat <"$D/e" >"$D/err") &
exec 3>"$D/o" 4>"$D/e" 5<"$D/out" 6<"$D/err"
pump 3>&- 4>&- &
P=$!
o=0
cpu
oom
b=$c w=$o
(
  (
    trap - TERM
    cd "$W" 2>/dev/null && cd "./$C" 2>/dev/null || { echo ${noDirectory} >"$D/not"; exit; }
    command -v "$1" >/dev/null 2>&1 || { echo ${noProgram} >"$D/not"; exit; }
    export PALVELLA_KEY="$K"
    exec "$@"
  ) </dev/null >&3 2>&4 3>&- 4>&- 5<&- 6<&-
  echo $? >"$D/status.new"
  mv "$D/status.new" "$D/status"
) &
S=$!
while [ ! -e "$D/status" ] && kill -0 $S; do wait $S; done
[ -e "$D/status" ] || echo ${lost} >"$D/status"
read -r s <"$D/status"
echo "$M" >&3
echo "$M" >&4
while kill -0 $P; do wait $P && break; done
[ -e "$D/not" ] && read -r s <"$D/not"
n=0
if [ -f "$D/named" ] && [ ! -h "$D/named" ] && [ -s "$D/named" ]; then
  n=1
  head -c ${mostNamed} "$D/named" | od -An -v -tx1 | tr -d ' \\n' | fold -w 8000 | sed 's/^/n /'
  echo
fi
cpu
mem
oom
echo "x $s $n $((c - b)) $m $((o - w))"
[ "$s" -lt 256 ] || s=1
exit "$s"
`;
