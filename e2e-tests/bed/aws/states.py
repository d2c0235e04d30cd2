"""What takes time. A resource is in a transition (`pending`, `creating`, `stopping` ...) until the bridge has done the work, and a new one at least
for as long as a test asks:

    GET, POST /plus/durations    {"ec2": 10, "rds": 60, "elasticache": 40}: seconds; what is left out stays as it was, and is 0 at first
"""
import time

LIMIT = 120  # seconds for the work: what it has not come to by then, it does not come to

durations = {"ec2": 0, "rds": 0, "elasticache": 0}


class Transition:
    def __init__(self, name, least=0):
        self.name, self.done, self.began, self.least = name, False, time.monotonic(), least

    @property
    def age(self):
        return time.monotonic() - self.began

    @property
    def late(self):
        return not self.done and self.age > LIMIT

    @property
    def over(self):
        return self.done and self.age >= self.least


def current(resource):
    """The transition that a resource is in, or None."""
    transition = resource.transition
    return transition if transition and not transition.over else None


def install(cls, attribute):
    """This attribute of a class of moto's says the transition as long as there is one. What moto sets it to is the resource's goal."""
    cls.transition = None
    setattr(cls, attribute, property(lambda self: t.name if (t := current(self)) else self.goal, lambda self, value: setattr(self, "goal", value)))


def set_durations(wanted):
    unknown = wanted.keys() - durations.keys()
    if unknown:
        raise ValueError(f"nothing of {', '.join(sorted(unknown))} takes time: {', '.join(durations)} do")
    durations.update({service: float(seconds) for service, seconds in wanted.items()})
