"""A part: one thing that the emulator has, and that the bridge makes real."""
import engine
import memory
import network
import states
from moto.ec2.models import ec2_backends


class Part:
    """What is wanted (an object of the emulator) beside what is there (the container named by `key`). Made anew at each look."""

    names = ()  # that lead to its address
    public = None  # its public address

    def __init__(self, key, name, backend, wanted, group_ids, ip=None):
        self.key, self.name, self.backend, self.wanted = key, name, backend, wanted
        self.seen = wanted.transition  # before its goal is read: one that begins meanwhile is for the next look
        self.known, self.ip = memory.of(key), ip or network.address(key)
        ec2 = ec2_backends[backend.account_id][backend.region_name]
        self.groups = [g for g in map(ec2.get_security_group_from_id, group_ids) if g]

    @property
    def state(self):
        """As AWS says it."""
        return self.wanted.status

    @property
    def alive(self):
        """It is to be there, so it is in the network."""
        return True

    @property
    def unsettled(self):
        """There is work left for what was asked for."""
        return self.known.reboot or bool(self.seen) and not self.seen.done

    def as_wanted(self, container_state):
        raise NotImplementedError

    def sync(self, container):
        """A step, or all, of the way to what is wanted. No container: None."""
        raise NotImplementedError

    def pretend(self):
        """Is as if it had been made what is wanted, without a container."""
        self.known.ready = True
        self.settle()

    def fail(self, reason):
        """It cannot be made what is wanted."""
        raise NotImplementedError

    def settle(self):
        if self.seen:
            self.seen.done = True

    def enter(self, transition):
        self.wanted.transition = self.seen = transition

    def begin(self, name):
        self.enter(states.Transition(name))

    def fault(self, do):
        if do in ("cut", "join"):
            self.known.cut = do == "cut"
        elif do in ("pause", "unpause"):
            getattr(engine.client.containers.get(self.key), do)()
        else:
            raise ValueError(f"no such fault of {self.key}: {do}")

    def show(self):
        return {"key": self.key, "name": self.name, "address": self.ip, "public": self.public, "state": self.state, "ready": self.known.ready,
                "cut": self.known.cut}


def forget(key):
    engine.remove(key)
    memory.parts.pop(key, None)
