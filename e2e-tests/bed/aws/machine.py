"""A machine as it runs on the bed's own Docker engine: a container with systemd, cloud-init, sshd and a Docker engine of its own."""
import json
import os
import shutil
import subprocess
from pathlib import Path

import docker
from docker.errors import NotFound

DIR, RUN = Path(os.environ["DIR"]), Path(os.environ["BED_RUN"])
SEEDS = DIR / "aws" / "seeds"
REGISTRY = os.environ["REGISTRY"]
LABEL = "bed.instance"

engine = docker.DockerClient(os.environ["DOCKER_HOST"], timeout=120)

FAULTS = {  # inside a machine; {path}: a folder of its file system
    "docker-down": "systemctl stop docker.socket docker",
    "docker-up": "systemctl start docker.socket docker",
    "fill": "mkdir -p {path} && mount -t tmpfs -o size=64k full {path} && dd if=/dev/zero of={path}/full bs=4k 2>/dev/null; [ -s {path}/full ]",
    "unfill": "umount {path}",
}


def find(key):
    try:
        return engine.containers.get(key)
    except NotFound:
        return None


def states():
    """By instance id: running, exited, paused ..."""
    return {c["Labels"][LABEL]: c["State"] for c in engine.api.containers(all=True, filters={"label": LABEL})}


def boot(instance_id, ip, image, user_data, public_key):
    seed = SEEDS / instance_id
    seed.mkdir(parents=True, exist_ok=True)
    (seed / "user-data").write_bytes(user_data)  # as it is: cloud-init itself knows gzip, MIME, #cloud-config
    host = f"ip-{ip.replace('.', '-')}"
    keys = [public_key] if public_key else []
    (seed / "meta-data").write_text(f"instance-id: {instance_id}\nlocal-hostname: {host}\npublic-keys: {json.dumps(keys)}\n")
    trust = f"type=bind,source={DIR}/tls/ca.crt,target=/etc/docker/certs.d/{REGISTRY}/ca.crt,readonly"
    # every capability but the one that some computers do not grant, which is why it is not --privileged
    run("docker", "run", "-d", "--name", instance_id, "--hostname", host, "--label", f"{LABEL}={instance_id}", "--network", "ec2", "--ip", ip,
        "--cap-add", "ALL", "--cap-drop", "SYS_RESOURCE", "--security-opt", "seccomp=unconfined", "--security-opt", "apparmor=unconfined",
        "--security-opt", "systempaths=unconfined", "--device-cgroup-rule", "a *:* rwm", "--cgroupns=private", "-e", "container=docker",
        "--tmpfs", "/run:exec,mode=755", "--tmpfs", "/run/lock", "--tmpfs", "/tmp:exec,mode=1777", "-v", "/var/lib/docker", "-v", "/var/lib/containerd",
        "-v", f"{seed}:/var/lib/cloud/seed/nocloud:ro", "--mount", trust, image)


def booted(container):
    return container.exec_run("test -s /run/cloud-init/result.json").exit_code == 0


def thaw(container):
    if container.status == "paused":
        container.unpause()


def remove(key):
    container = find(key)
    if container:
        thaw(container)
        container.remove(v=True, force=True)
    shutil.rmtree(SEEDS / key, ignore_errors=True)


def console(key):
    container = find(key)
    return container.exec_run("cat /var/log/cloud-init-output.log").output[-65536:] if container and container.status == "running" else b""


def fault(key, do, path="/var/lib/docker/tmp"):
    """pause, unpause: the machine hangs; docker-down, docker-up; fill, unfill: the disk where Docker unpacks images, or `path`, is full."""
    container = engine.containers.get(key)
    if do in ("pause", "unpause"):
        getattr(container, do)()
        return
    code, output = container.exec_run(["sh", "-c", FAULTS[do].format(path=path)])
    if code:
        raise RuntimeError(output.decode())


def run(*command, text=None):
    done = subprocess.run(command, input=text, text=True, capture_output=True)
    if done.returncode:
        raise RuntimeError(f"{command[0]}: {done.stderr.strip()[-600:]}")
    return done.stdout
