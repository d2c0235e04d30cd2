"""Makes real what is created in the emulator: machines, their addresses and their security groups.

The emulator's state is what is wanted. One loop, twice a second and after each API call, compares it with the containers and the firewall, and
starts a task for every machine that differs (one at a time for each). API calls never wait: an instance stays `pending`, `stopping` or
`shutting-down` until its task has done the work. A machine removed behind the API's back, a reset of the emulator, what a killed bridge left: they
differ too, so nothing else is needed for them.
"""
import base64
import threading
import time
import traceback
from concurrent.futures import ThreadPoolExecutor

import ec2
import machine
import network
from moto.core.responses import ActionResult
from moto.core.types import Base64EncodedString
from moto.core.utils import utcnow
from moto.ec2.models import ec2_backends, instances
from moto.ec2.responses.general import General

IMAGE = "bed/machine:docker"  # unless the image's location is the name of one of the bed's

tasks, wake, lock, looking = ThreadPoolExecutor(12), threading.Event(), threading.RLock(), threading.Lock()
made, booted, reboot, cut, busy = set(), set(), set(), set(), set()  # of instance ids
orphans = {}  # seen without an owner since


@ec2.wrap(instances.Instance, "reboot")
def _(old, self):
    old(self)
    reboot.add(self.id)


def status_check(self):
    if self.state != "running":
        return {"Status": "not-applicable"}
    if self.id not in booted:
        status, detail = "initializing", "initializing"
    else:
        status, detail = ("impaired", "failed") if self.id in cut else ("ok", "passed")
    return {"Status": status, "Details": [{"Name": "reachability", "Status": detail}]}


instances.Instance.instance_status = property(status_check)


def get_console_output(self):
    i = self.ec2_backend.get_instance(self._get_param("InstanceId"))
    return ActionResult({"InstanceId": i.id, "Timestamp": utcnow(), "Output": Base64EncodedString(base64.b64encode(machine.console(i.id)).decode())})


General.get_console_output = get_console_output


class Machine:
    """What is wanted (an instance of the emulator) beside what is there (the container named by its id). Made anew at each look."""

    def __init__(self, backend, instance):
        self.key, self.backend, self.instance, self.ip = instance.id, backend, instance, instance.private_ip or network.address(instance.id)
        self.seen, self.goal = instance.transition, ec2.goal(instance)
        of = ec2_backends[backend.account_id][backend.region_name]
        self.groups = [g for g in (of.get_security_group_from_id(s.id) for s in instance.security_groups or instance.nics[0].group_set) if g]

    @property
    def alive(self):
        return self.goal != "terminated"

    def as_wanted(self, state):
        if self.seen or self.key in reboot:
            return False
        return state == "exited" if self.goal == "stopped" else state in ("running", "paused") and self.key in booted

    def sync(self):
        c = machine.find(self.key)
        if self.goal == "terminated":
            forget(self.key)
        elif c is None and self.key in made:
            self.end("Client.InstanceInitiatedShutdown", "removed behind the API")
        elif c is None:
            self.boot()
        elif self.goal == "stopped" or c.status == "exited" and not self.seen:  # asked for; or powered off from inside
            self.stop(c)
        elif c.status == "exited":
            c.start()
        elif self.key in reboot:
            booted.discard(self.key)
            machine.thaw(c)
            c.restart(timeout=30)
            reboot.discard(self.key)
        elif c.status == "running" and machine.booted(c):
            booted.add(self.key)
        ec2.settle(self.instance, self.seen)

    def stop(self, container):
        booted.discard(self.key)
        machine.thaw(container)
        container.stop(timeout=30)
        if self.goal != "stopped":
            self.instance.stop()
            self.seen = self.instance.transition

    def boot(self):
        i = self.instance
        key = self.backend.key_pairs.get(i.key_name)
        image = next((a.image_location for a in self.backend.describe_images(filters={"image-id": i.image_id})), None) or ""
        try:
            machine.boot(i.id, self.ip, image if image.startswith("bed/") else IMAGE, base64.b64decode(str(i.user_data or "")),
                         key.public_key.strip() if key else "")
            made.add(i.id)
        except RuntimeError as e:
            self.end("Server.InternalError", str(e))
            raise

    def end(self, code, message):
        self.instance.terminate()
        self.seen = self.instance.transition
        self.instance.state_reason = instances.StateReason(f"{code}: {message}", code)
        forget(self.key)


def forget(key):
    machine.remove(key)
    for known in made, booted, reboot, cut:
        known.discard(key)
    network.addresses.pop(key, None)
    orphans.pop(key, None)


def machines():
    return [Machine(b, i) for b in network.backends() for r in list(b.reservations.values()) for i in list(r.instances) if i.state != "terminated"]


def attempt(key, work):
    try:
        work()
    except Exception:
        traceback.print_exc()
    finally:
        busy.discard(key)


def start(key, work):
    with lock:
        if key in busy:
            return
        busy.add(key)
    tasks.submit(attempt, key, work)


def look():
    with looking:
        states, present = machine.states(), machines()
        network.apply([m for m in present if m.alive], cut)  # before a machine starts: closed from its first packet on
        for m in present:
            if not m.as_wanted(states.get(m.key)):
                start(m.key, m.sync)
        keys = {m.key for m in present}
        for key in states.keys() - keys:  # moto takes an object out and puts it back, so look twice
            if time.monotonic() - orphans.setdefault(key, time.monotonic()) > 1:
                start(key, lambda k=key: forget(k))
        for key in orphans.keys() & keys:
            del orphans[key]


def loop():
    while True:
        wake.wait(0.5)
        wake.clear()
        try:
            look()
        except Exception:
            traceback.print_exc()
        time.sleep(0.05)


class Lab:
    """The bridge, as the gate sees it."""

    def up(self):
        network.up()
        threading.Thread(target=loop, daemon=True).start()

    def changed(self):
        wake.set()

    def show(self):
        return [{"key": m.key, "address": m.ip, "public": m.instance.public_ip, "state": m.instance.state, "booted": m.key in booted, "cut": m.key in cut}
                for m in machines()]

    def fault(self, do, target, **more):
        """cut, join: its network; the others are machine.fault's."""
        if target not in {m.key for m in machines()}:
            raise LookupError(f"no machine {target}")
        if do in ("cut", "join"):
            (cut.add if do == "cut" else cut.discard)(target)
            look()
        else:
            machine.fault(target, do, **more)
