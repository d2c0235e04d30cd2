"""What databases and caches have in common: a server of the image bed/data, with a folder of this computer as /part, and a certificate of the bed's CA."""
from pathlib import Path

import engine
from part import Part

LIBRARY = Path(__file__).resolve().parent.parent / "lib.sh"


class Store(Part):
    program = None  # of the image
    lost = "failed"  # its state when it cannot be made what is wanted

    @property
    def goal(self):
        return self.wanted.goal

    @property
    def alive(self):
        return self.goal != "deleting"

    def leave(self):
        raise NotImplementedError

    def pretend(self):
        super().pretend()
        if not self.alive:
            self.leave()

    def boot(self, *options):
        folder, names = engine.folder(self.key), ",".join(f"DNS:{name}" for name in self.names)
        engine.run("bash", "-ec", '. "$0"; certificate "$@"', str(LIBRARY), self.key, str(folder), names)
        engine.start(self.key, self.ip, self.name, "bed/data", "-v", f"{folder}:/part", "-e", f"PORT={self.wanted.port}", *options,
                     command=(f"/bed/{self.program}", "run"))
        self.known.made = True

    def serve(self, container, secret, **settings):
        """Starts what does not run, and has it open with the secret, and with no other."""
        if container is None:
            self.boot()
        elif container.status == "paused":
            return
        elif container.status == "exited":
            if not self.unsettled:
                self.begin("rebooting")  # it fell over, and is started again
            self.known.ready = False
            container.start()
        elif self.known.reboot:
            self.known.ready = False
            container.restart(timeout=30)
        if not self.known.ready or self.known.secret != secret:
            engine.execute(engine.find(self.key), f"/bed/{self.program} set", **settings)
        self.known.ready, self.known.secret, self.known.reboot = True, secret, False
        self.settle()

    def fail(self, reason):
        container = engine.find(self.key)
        said = container.logs(tail=20).decode(errors="replace") if container else ""
        print(f"{self.key} ({self.name}) failed: {reason}\n{said}", flush=True)
        self.known.ready = self.known.reboot = False
        if self.alive:
            self.wanted.status = self.lost
        self.settle()
        engine.remove(self.key)
