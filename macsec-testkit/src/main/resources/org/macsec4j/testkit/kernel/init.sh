#!/bin/sh
# The first process of the guest. Makes a root folder in which everything can be written and nothing
# of the host changes but its working directory, loads what the kernel has as modules, and starts
# the JVM with the tests. The kernel hands over 'exchange', the folder in which the host left the
# rest of the words below.
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8
. "$exchange/settings"

off() {
  echo 1 >/proc/sys/kernel/sysrq
  echo o >/proc/sysrq-trigger
  sleep 60
}

fail() {
  echo "init: $*"
  off
}

mount -t proc proc /proc || fail "no /proc"
modules=/usr/lib/uml/modules/$(uname -r)
[ -d "$modules" ] || modules=
[ -z "$modules" ] || insmod "$modules/kernel/fs/overlayfs/overlay.ko"

# A layer in memory over the files of the host.
root=/mnt/root
mount -t tmpfs tmpfs /mnt && mkdir /mnt/upper /mnt/work $root &&
  mount -t overlay overlay -o lowerdir=/,upperdir=/mnt/upper,workdir=/mnt/work $root ||
  fail "no layer over the files of the host"
cd $root || fail "no root folder"

mkdir -p proc sys dev run tmp
mount -t proc proc proc
mount -t sysfs sys sys
mount -t devtmpfs dev dev
mount -t tmpfs run run
mkdir -p dev/pts dev/shm dev/net run/netns run/macsec4j
mount -t devpts devpts dev/pts
mount -t tmpfs shm dev/shm
[ ! -d sys/kernel/debug ] || mount -t debugfs debug sys/kernel/debug
mount -t hostfs none run/macsec4j -o "$exchange" || fail "no folder to tell results in"
mount -t hostfs none ".$directory" -o "$directory" || fail "no working directory $directory"
if [ -n "$modules" ]; then
  mkdir -p usr/lib/modules
  mount --bind /usr/lib/uml/modules usr/lib/modules
fi

cat >run/macsec4j.sh <<'END'
if [ -d "/usr/lib/modules/$(uname -r)" ]; then
  modprobe -a macsec veth bridge tun dummy macvlan 8021q sch_netem ipv6 gcm ghash-generic ctr cmac
fi
[ -e /dev/net/tun ] || mknod /dev/net/tun c 10 200
ip link set lo up
# From here on the kernel's messages belong to the tests.
echo 7 >/proc/sys/kernel/printk
cd "$directory"
"$java" @/run/macsec4j/java.arguments
status=$?
[ $status -eq 0 ] || echo "init: the JVM ended with status $status"
END
export directory java
# Not chroot alone: so that the kernel, too, finds modprobe and the modules here.
mkdir -p mnt/host
pivot_root . mnt/host || fail "the root folder stays as it is"
chroot . /bin/sh /run/macsec4j.sh
off
