#!/bin/bash
# kube.sh up: a Kubernetes control plane (etcd, kube-apiserver with RBAC, kube-controller-manager) on the bed's loopback;
# DIR/kube/kubeconfig is the administrator's. There is no node and no scheduler: pods stay Pending.
# DIR/kube/NAME.start starts a part again after a test killed it; nothing stored is lost by that.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
PORT=$(cat "$RUN/kube.port")
mkdir -p "$KUBE"/pki
cd "$KUBE"
umask 077

key() { openssl ecparam -name prime256v1 -genkey -noout; }
client() { # NAME SUBJECT EXTENSIONS
  key > "pki/$1.key"
  openssl req -new -key "pki/$1.key" -subj "$2" | openssl x509 -req -CA pki/ca.crt -CAkey pki/ca.key \
    -set_serial "0x$(openssl rand -hex 8)" -days 365 -extfile <(echo "$3") -out "pki/$1.crt" 2> /dev/null
}
encoded() { base64 -w0 "pki/$1"; }
kubeconfig() { # CERTIFICATE
  cat << YAML
apiVersion: v1
kind: Config
clusters: [{name: bed, cluster: {server: "https://127.0.0.1:$PORT", certificate-authority-data: $(encoded ca.crt)}}]
users: [{name: $1, user: {client-certificate-data: $(encoded "$1.crt"), client-key-data: $(encoded "$1.key")}}]
contexts: [{name: bed, context: {cluster: bed, user: $1}}]
current-context: bed
YAML
}
server() { # NAME ARGUMENTS...
  local name=$1
  shift
  {
    # Less time for Go's garbage collector, which takes a third of a busy API server's.
    printf '#!/bin/bash\ncd %q || exit\nexport GOGC=400\nsetsid nsenter --net=%q' "$KUBE" "/run/netns/$NET"
    printf ' %q' "$BIN/$name" "$@"
    printf ' >> %q 2>&1 < /dev/null 9>&- &\necho $! > %q\n' "$DIR/logs/$name.log" "$RUN/$name.pid"
  } > "$name.start"
  chmod 700 "$name.start"
  "./$name.start"
}
kubectl() { in_net "$BIN/kubectl" --kubeconfig "$KUBE/kubeconfig" --cache-dir "$KUBE/cache" "$@"; }

key > pki/ca.key
openssl req -x509 -key pki/ca.key -subj /CN=bed-kubernetes -days 365 -out pki/ca.crt
client apiserver /CN=kube-apiserver "subjectAltName=IP:127.0.0.1,IP:10.96.0.1,DNS:localhost,DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc"
client admin /O=system:masters/CN=bed-admin extendedKeyUsage=clientAuth
client controller-manager /CN=system:kube-controller-manager extendedKeyUsage=clientAuth
openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out pki/sa.key 2> /dev/null
openssl rsa -in pki/sa.key -pubout -out pki/sa.pub 2> /dev/null
kubeconfig admin > kubeconfig
kubeconfig controller-manager > pki/controller-manager.kubeconfig

# etcd makes its sockets in its own folder, so it needs no port
server etcd --name bed --data-dir etcd --unsafe-no-fsync --log-level warn --listen-client-urls unix://etcd.sock:0 --advertise-client-urls unix://etcd.sock:0 \
  --listen-peer-urls unix://etcd-peer.sock:0 --initial-advertise-peer-urls unix://etcd-peer.sock:0 --initial-cluster bed=unix://etcd-peer.sock:0
server kube-apiserver --etcd-servers unix://etcd.sock:0 --bind-address 127.0.0.1 --secure-port "$PORT" --advertise-address 127.0.0.1 \
  --endpoint-reconciler-type none --tls-cert-file pki/apiserver.crt --tls-private-key-file pki/apiserver.key --client-ca-file pki/ca.crt \
  --authorization-mode RBAC --allow-privileged --service-account-issuer https://kubernetes.default.svc \
  --service-account-signing-key-file pki/sa.key --service-account-key-file pki/sa.pub --service-cluster-ip-range 10.96.0.0/16
wait_for "the Kubernetes API server" 60 kubectl get --raw /readyz
server kube-controller-manager --kubeconfig pki/controller-manager.kubeconfig --secure-port 0 --leader-elect=false \
  --use-service-account-credentials --service-account-private-key-file pki/sa.key --root-ca-file pki/ca.crt \
  --cluster-signing-cert-file pki/ca.crt --cluster-signing-key-file pki/ca.key --controllers '*,-nodeipam,-cloud-node-lifecycle'
wait_for "the Kubernetes controllers" 60 kubectl -n default get serviceaccount default
say "Kubernetes control plane"
