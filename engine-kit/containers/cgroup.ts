/** Functions of sh that read what the container has used, of cgroups of both versions, into _c, _y and _o. */
export const cgroupFunctions = `cpu() {
  _c=0
  if read -r _c </sys/fs/cgroup/cpuacct/cpuacct.usage; then _c=$((_c / 1000)); return; fi
  while read -r _k _v; do [ "$_k" = usage_usec ] && _c=$_v && return; done </sys/fs/cgroup/cpu.stat
}
mem() {
  _y=0
  read -r _y </sys/fs/cgroup/memory.peak || read -r _y </sys/fs/cgroup/memory/memory.max_usage_in_bytes
}
oom() {
  while read -r _k _v; do [ "$_k" = oom_kill ] && _o=$_v; done </sys/fs/cgroup/memory.events ||
    while read -r _k _v; do [ "$_k" = oom_kill ] && _o=$_v; done </sys/fs/cgroup/memory/memory.oom_control
}`;
