"""What the bridge remembers of each part as long as it lasts, by its key; the emulator's state and the engine's say the rest."""


class Known:
    address = None  # its private one
    made = False  # its container was there
    ready = False  # it has booted, or answers
    reboot = False  # it was asked for
    cut = False  # without a network: a fault
    secret = None  # with which it is entered now


parts = {}


def of(key):
    return parts.setdefault(key, Known())
