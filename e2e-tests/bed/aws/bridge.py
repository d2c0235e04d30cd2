"""Makes real what is created in the emulator: machines, databases and caches, with their addresses, names and security groups.

The emulator's state is what is wanted. One loop, twice a second and after each API call, compares it with the containers, the firewall and the
names, and starts a task for every part that differs (one at a time for each). API calls never wait: a resource stays `pending`, `creating`,
`stopping` ... until its task has done the work. A container removed behind the API's back, a reset of the emulator, what a killed bridge left: they
differ too, so nothing else is needed for them.
"""
import threading
import time
import traceback
from concurrent.futures import ThreadPoolExecutor

import cache
import database
import engine
import machine
import memory
import network
from part import forget

KINDS = machine, database, cache
GRACE = 1  # seconds until what has no owner goes: moto takes an object out and puts it back

tasks, wake, lock, looking = ThreadPoolExecutor(12), threading.Event(), threading.RLock(), threading.Lock()
busy = set()  # keys with a task
orphans = {}  # by key: without an owner since
pictures = False  # nothing is made, and what is created is as if it had been


def parts():
    return [part for kind in KINDS for part in kind.parts()]


def sync(part):
    try:
        part.sync(engine.find(part.key))
    except Exception as e:
        traceback.print_exc()
        if part.alive and part.unsettled and (not part.known.made or part.seen and part.seen.late):
            print(f"{part.key} ({part.name}) failed: {e}", flush=True)
            part.fail(str(e))


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
        if pictures:
            for part in parts():
                if part.unsettled:
                    part.pretend()
        else:
            make()


def make():
    states, present = engine.states(), parts()
    network.apply([p for p in present if p.alive])  # before a part starts: closed from its first packet on
    for part in present:
        if not part.as_wanted(states.get(part.key)):
            start(part.key, lambda p=part: sync(p))
    lost = {*states, *list(memory.parts)} - {p.key for p in present}
    for key in lost:
        if time.monotonic() - orphans.setdefault(key, time.monotonic()) > GRACE:
            start(key, lambda k=key: forget(k))
    for key in orphans.keys() - lost:
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
        present = parts()
        left = engine.states().keys() - {p.key for p in present}
        return [*(p.show() for p in present), *({"key": key, "state": "without owner"} for key in sorted(left))]

    def fault(self, do, target="", **more):
        """pictures: from now on nothing is started, and what is created is there at once. Else what each part knows of: Part.fault(). The target is
        its key, or the name that its service knows it by."""
        global pictures
        if do == "pictures":
            pictures = True
            return
        part = next((p for p in parts() if target in (p.key, p.name)), None)
        if not part:
            raise LookupError(f"nothing real is named {target}")
        part.fault(do, **more)
        look()
