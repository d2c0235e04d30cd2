#!/bin/bash
# git.sh up | new OWNER/NAME: the Git server. Repositories come in three ways, all for the same user's files:
#   http://git.lab.test/OWNER/NAME.git                 basic authentication, dev:dev-token
#   https://git.lab.test/OWNER/NAME.git                the same, certificate by the bed's authority
#   ssh://bedgit@git.lab.test:2222/OWNER/NAME.git      DIR/keys/id; the server's key is DIR/keys/git_host_key.pub
# They live below /run, where the Git server's own user reaches them wherever DIR is.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
home=$RUN/git

as_git() { setpriv --reuid=bedgit --regid=bedgit --init-groups env HOME="$home/repositories" "$@"; }

http_server() {
  cat > "$RUN/git.conf" << CONF
user root; pid $RUN/git-http.pid; error_log $DIR/logs/git-http.log warn; worker_processes 1;
events {}
http {
  access_log off; client_max_body_size 0;
  client_body_temp_path $RUN/git-body; fastcgi_temp_path $RUN/git-temp;
  server {
    listen $LAB_IP:80; listen $LAB_IP:443 ssl; server_name git.lab.test;
    ssl_certificate $home/tls.crt; ssl_certificate_key $home/tls.key;
    location ~ ^/[^/]+/[^/]+\.git/ {
      auth_basic git; auth_basic_user_file $home/users;
      include /etc/nginx/fastcgi_params;
      fastcgi_param SCRIPT_FILENAME /usr/lib/git-core/git-http-backend;
      fastcgi_param GIT_HTTP_EXPORT_ALL ""; fastcgi_param GIT_PROJECT_ROOT $home/repositories;
      fastcgi_param PATH_INFO \$uri; fastcgi_param REMOTE_USER \$remote_user;
      fastcgi_request_buffering off; fastcgi_pass unix:$RUN/git-cgi/sock;
    }
  }
}
CONF
  install -d -o bedgit "$RUN/git-cgi"
  daemon git-cgi nsenter --net="/run/netns/$NET" env HOME="$home/repositories" \
    setpriv --reuid=bedgit --regid=bedgit --init-groups fcgiwrap -c 2 -s "unix:$RUN/git-cgi/sock"
  wait_for "the Git server" 10 test -S "$RUN/git-cgi/sock"
  in_net nginx -c "$RUN/git.conf" 9>&-
}

ssh_server() {
  ssh-keygen -q -t ed25519 -N '' -C git.lab.test -f "$DIR/keys/git_host_key"
  install -m 644 "$DIR/keys/id.pub" "$home/authorized_keys"
  cat > "$RUN/git-ssh.conf" << CONF
ListenAddress $LAB_IP:2222
HostKey $DIR/keys/git_host_key
PidFile $RUN/git-ssh.pid
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin no
DisableForwarding yes
PermitTTY no
StrictModes no
AllowUsers bedgit
AuthorizedKeysFile $home/authorized_keys
# as the big hosts do it: /owner/name.git is below the repositories, not below /
ForceCommand cd $home/repositories && exec git-shell -c "\$(printf %s "\$SSH_ORIGINAL_COMMAND" | sed "s#^\([a-z-]* .\)/*#\1#")"
CONF
  mkdir -p /run/sshd
  in_net /usr/sbin/sshd -f "$RUN/git-ssh.conf" -E "$DIR/logs/git-ssh.log" 9>&-
}

case $1 in
  up)
    getent passwd bedgit > /dev/null ||
      useradd --system --user-group --no-create-home --home-dir / --shell /bin/sh --password '*' bedgit
    mkdir -p "$home/repositories"
    chown bedgit: "$home/repositories"
    certificate git.lab.test "$home" "DNS:git.lab.test,IP:$LAB_IP"
    htpasswd -bc "$home/users" dev dev-token 2> /dev/null
    http_server
    ssh_server
    ;;
  new)
    as_git git init -q --bare -b main "$home/repositories/$2.git"
    as_git git -C "$home/repositories/$2.git" config http.receivepack true
    ;;
esac
