"""A machine: what RunInstances makes is a container with systemd, cloud-init, sshd and a Docker engine of its own."""
import base64
import json
import os

import ec2
import engine
import memory
from engine import DIR
from moto.core.responses import ActionResult
from moto.core.types import Base64EncodedString
from moto.core.utils import utcnow
from moto.ec2.models import ec2_backends, instances
from moto.ec2.responses.general import General
from part import Part, forget

IMAGE = "bed/machine:docker"  # unless the image's location is the name of one of the bed's
REGISTRIES = os.environ["REGISTRY"], os.environ["HUB"]

FAULTS = {  # {path}: a folder of its file system
    "docker-down": "systemctl stop docker.socket docker",
    "docker-up": "systemctl start docker.socket docker",
    "fill": "mkdir -p {path} && mount -t tmpfs -o size=64k full {path} && dd if=/dev/zero of={path}/full bs=4k 2>/dev/null; [ -s {path}/full ]",
    "unfill": "umount {path}",
}


@ec2.wrap(instances.Instance, "reboot")
def _(old, self):
    old(self)
    memory.of(self.id).reboot = True


def status_check(self):
    if self.state != "running":
        return {"Status": "not-applicable"}
    if not memory.of(self.id).ready:
        status, detail = "initializing", "initializing"
    else:
        status, detail = ("impaired", "failed") if memory.of(self.id).cut else ("ok", "passed")
    return {"Status": status, "Details": [{"Name": "reachability", "Status": detail}]}


instances.Instance.instance_status = property(status_check)


def get_console_output(self):
    i = self.ec2_backend.get_instance(self._get_param("InstanceId"))
    return ActionResult({"InstanceId": i.id, "Timestamp": utcnow(), "Output": Base64EncodedString(base64.b64encode(console(i.id)).decode())})


General.get_console_output = get_console_output


def console(key):
    container = engine.find(key)
    return container.exec_run("cat /var/log/cloud-init-output.log").output[-65536:] if container and container.status == "running" else b""


class Machine(Part):
    def __init__(self, backend, instance):
        groups = [g.id for g in instance.security_groups or instance.nics[0].group_set]
        super().__init__(instance.id, instance.id, backend, instance, groups, instance.private_ip)
        self.goal, self.public = ec2.goal(instance), instance.public_ip

    @property
    def state(self):
        return self.wanted.state

    @property
    def alive(self):
        return self.goal != "terminated"

    def as_wanted(self, container_state):
        if self.unsettled:
            return False
        return container_state == "exited" if self.goal == "stopped" else container_state in ("running", "paused") and self.known.ready

    def sync(self, container):
        if self.goal == "terminated":
            forget(self.key)
        elif container is None and self.known.made:
            self.end("Client.InstanceInitiatedShutdown", "removed behind the API")
        elif container is None:
            self.boot()
        elif self.goal == "stopped" or container.status == "exited" and not self.unsettled:  # asked for; or powered off from inside
            self.stop(container)
        elif container.status == "exited":
            container.start()
        elif self.known.reboot:
            self.known.ready = False
            engine.thaw(container)
            container.restart(timeout=30)
            self.known.reboot = False
        elif container.status == "running" and container.exec_run("test -s /run/cloud-init/result.json").exit_code == 0:
            self.known.ready = True
        self.settle()

    def pretend(self):
        super().pretend()
        if not self.alive:
            forget(self.key)

    def stop(self, container):
        self.known.ready = False
        engine.thaw(container)
        container.stop(timeout=30)
        if self.goal != "stopped":
            self.wanted.stop()
            self.seen = self.wanted.transition

    def boot(self):
        i, folder = self.wanted, engine.folder(self.key)
        (folder / "user-data").write_bytes(base64.b64decode(str(i.user_data or "")))  # as it is: cloud-init itself knows gzip, MIME, #cloud-config
        host, pair = f"ip-{self.ip.replace('.', '-')}", self.backend.key_pairs.get(i.key_name)
        keys = [pair.public_key.strip()] if pair else []
        (folder / "meta-data").write_text(f"instance-id: {i.id}\nlocal-hostname: {host}\npublic-keys: {json.dumps(keys)}\n")
        image = next((a.image_location for a in self.backend.describe_images(filters={"image-id": i.image_id})), None) or ""
        trust = [f"--mount=type=bind,source={DIR}/tls/ca.crt,target=/etc/docker/certs.d/{name}/ca.crt,readonly" for name in REGISTRIES]
        # every capability but the one that some computers do not grant, which is why it is not --privileged
        engine.start(self.key, self.ip, host, image if image.startswith("bed/") else IMAGE,
                     "--cap-add", "ALL", "--cap-drop", "SYS_RESOURCE", "--security-opt", "seccomp=unconfined", "--security-opt", "apparmor=unconfined",
                     "--security-opt", "systempaths=unconfined", "--device-cgroup-rule", "a *:* rwm", "--cgroupns=private", "-e", "container=docker",
                     "--tmpfs", "/run:exec,mode=755", "--tmpfs", "/run/lock", "--tmpfs", "/tmp:exec,mode=1777", "-v", "/var/lib/docker",
                     "-v", "/var/lib/containerd", "-v", f"{folder}:/var/lib/cloud/seed/nocloud:ro", *trust)
        self.known.made = True

    def fail(self, reason):
        self.end("Server.InternalError", reason)

    def end(self, code, message):
        self.wanted.terminate()
        self.seen = self.wanted.transition
        self.wanted.state_reason = instances.StateReason(f"{code}: {message}", code)
        forget(self.key)
        self.settle()

    def fault(self, do, path="/var/lib/docker/tmp"):
        """Also docker-down, docker-up; fill, unfill: the disk where Docker unpacks images, or `path`, is full."""
        if do in FAULTS:
            engine.execute(engine.client.containers.get(self.key), FAULTS[do].format(path=path))
        else:
            super().fault(do)


def parts():
    for regions in list(ec2_backends.values()):  # those that exist: asking moto for one makes it
        for backend in list(regions.values()):
            for reservation in list(backend.reservations.values()):
                yield from (Machine(backend, i) for i in list(reservation.instances) if i.state != "terminated")
