# Runs as the first process of new user, mount, network and process namespaces:
#   sandbox.sh FOLDER SERVICE…
# Gives every service an address of its own under its name, a root folder in which /app, /etc, /run
# and /tmp can be written, and nothing of the machine's network. Ends, and all processes with it,
# when its input ends.
set -e
folder=$1
shift

mkdir -p "$folder/root" "$folder/app"
mount -t tmpfs -o mode=755 scenarist "$folder/root"
cd "$folder/root"
for entry in /*; do
  name=${entry#/}
  case $name in
    app | etc | proc | run | tmp | work | old-root) continue ;;
  esac
  if [ -L "$entry" ]; then
    cp -P "$entry" "$name"
  elif [ -d "$entry" ]; then
    mkdir "$name"
    mount --rbind "$entry" "$name"
  fi
done
mkdir app etc old-root proc run tmp work
mount -t proc proc proc
mount -t tmpfs -o mode=755 scenarist run
chmod 1777 tmp
# What programs share by memory ends with them.
mount -t tmpfs -o mode=1777 scenarist dev/shm
# What this user may not read is not needed.
cp -a /etc/. etc/ 2>/dev/null || true
mount --bind "$folder" work
mount --bind "$folder/app" app
pivot_root . old-root
umount -l old-root
cd /
rmdir old-root

# Folders that programs write to, and that belong to somebody else here.
for taken in /var/log/nginx /var/lib/nginx /var/cache/nginx; do
  if [ -d "$taken" ]; then
    mount -t tmpfs -o mode=777 scenarist "$taken"
  fi
done

mkdir /run/netns
ip link set lo up
ip link add bridge0 type bridge
ip addr add 10.77.0.1/24 dev bridge0
ip link set bridge0 up
rm -f /etc/hosts
printf '127.0.0.1 localhost\n' >/etc/hosts
number=2
for service in "$@"; do
  ip netns add "$service"
  ip link add "veth$number" type veth peer name eth0 netns "$service"
  ip link set "veth$number" master bridge0 up
  nsenter --net="/run/netns/$service" sh -c "
    ip link set lo up
    ip addr add 10.77.0.$number/24 dev eth0
    ip link set eth0 up
    echo 0 >/proc/sys/net/ipv4/ip_unprivileged_port_start"
  printf '10.77.0.%s %s\n' "$number" "$service" >>/etc/hosts
  number=$((number + 1))
done

echo ready
exec cat >/dev/null
