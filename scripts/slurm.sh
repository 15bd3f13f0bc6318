#!/usr/bin/env bash
# Trains one model on two nodes of Slurm, and compares it with that of one process: scripts/slurm.sh
# Both nodes are on this computer. Slurm comes from Debian's packages, which are unpacked into a temporary folder and not installed. It
# needs apt, Open MPI, Node, and a build of this repository.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
folder=$(mktemp -d)
mkdir "$folder/slurm" "$folder/state"
host=$(hostname -s)
started=()
end() {
  for process in "${started[@]}"; do kill -9 "$process" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$folder"
}
trap end EXIT

(
  cd "$folder"
  apt-get download slurmctld slurmd slurm-client slurm-wlm-basic-plugins libslurm38 libmunge2 libhwloc15 2>/dev/null >&2
  for package in *.deb; do dpkg -x "$package" slurm; done
)
libraries=$(dirname "$(find "$folder/slurm" -name 'libslurm.so.*' | head -1)")
export LD_LIBRARY_PATH="$libraries:$libraries/slurm-wlm"
export PATH="$folder/bin:$folder/slurm/usr/bin:$PATH"
export SLURM_CONF="$folder/slurm.conf"
mkdir "$folder/bin"
for program in "$folder"/slurm/usr/{bin,sbin}/*-wlm; do # Debian's names end in -wlm
  [ ! -e "$program" ] || ln -s "$program" "$folder/bin/$(basename "$program" -wlm)"
done
cat > "$SLURM_CONF" <<CONF
ClusterName=test
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=16817
SlurmUser=$(id -un)
SlurmdUser=$(id -un)
AuthType=auth/none
CredType=cred/none
PluginDir=$libraries/slurm-wlm
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/state/%n
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd-%n.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd-%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/linear
ReturnToService=2
NodeName=n1 NodeHostname=$host NodeAddr=127.0.0.1 Port=16818 CPUs=1 State=UNKNOWN
NodeName=n2 NodeHostname=$host NodeAddr=127.0.0.1 Port=16819 CPUs=1 State=UNKNOWN
PartitionName=all Nodes=n1,n2 Default=YES State=UP
CONF

slurmctld -D 2> "$folder/controller.txt" &
started+=($!)
for node in n1 n2; do
  slurmd -D -N "$node" -d "$folder/bin/slurmstepd" 2> "$folder/$node.txt" &
  started+=($!)
done
idle() { [ "$(sinfo -h -t idle -o %D 2>/dev/null)" = 2 ]; }
for _ in $(seq 30); do
  if idle; then break; fi
  sleep 1
done
sinfo
idle || { cat "$folder"/*.txt; exit 1; }

# 24,000 rows × 60 columns: large enough that ranks share the full batches.
awk 'BEGIN {
  srand(1); for (j = 1; j <= 60; j++) printf "x%d,", j; print "y"
  for (i = 0; i < 24000; i++) { sum = 0; for (j = 1; j <= 60; j++) { x = rand(); sum += x / j; printf "%.3f,", x } printf "%.3f\n", sum + rand() }
}' > "$folder/table.csv"
train=(node "$root/packages/cli/bin/downhill.js" train "$folder/table.csv" --target y --epochs 5)
"${train[@]}" --quiet --save "$folder/alone.json"
nodes=(salloc -N2 -n2 --ntasks-per-node=1 mpirun --allow-run-as-root --mca btl tcp,self --mca btl_tcp_if_include lo)
"${nodes[@]}" bash -c 'echo "rank $OMPI_COMM_WORLD_RANK on the node $SLURMD_NODENAME"'
"${nodes[@]}" "${train[@]}" --timings --save "$folder/together.json"
cmp "$folder/alone.json" "$folder/together.json"
"${nodes[@]}" "${train[@]}" --quiet --save "$folder/local.json" --batch-size 8 --local-epochs
grep -q '"localEpochs":2' "$folder/local.json"
echo "Two nodes of Slurm have trained the model of one process."
