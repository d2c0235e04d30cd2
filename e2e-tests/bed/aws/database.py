"""A database: a DBInstance of RDS for PostgreSQL is a PostgreSQL server. Its snapshots are its files at one moment."""
import json
import shutil

import engine
import rds
from moto.rds.models import rds_backends
from part import forget
from store import Store

shutil.rmtree(rds.SNAPSHOTS, ignore_errors=True)  # of an emulator that ended


class Database(Store):
    program = "database"

    def __init__(self, backend, instance):
        super().__init__(instance.dbi_resource_id, instance.db_instance_identifier, backend, instance, instance.vpc_security_group_ids)
        self.names = (instance.address,)

    @property
    def snapshots(self):
        """Those that are to be made. A deletion begins with the last one, so who has read that it is `deleting` finds it."""
        return [s for s in list(self.backend.database_snapshots.values()) if s.status == "creating" and s.dbi_resource_id == self.key]

    @property
    def password(self):
        if not self.wanted.manage_master_user_password:
            return self.wanted._master_user_password or ""
        secret = self.wanted.master_user_secret
        return json.loads(secret.secretsmanager.get_secret_value(secret.secret_arn, None, None)["SecretString"])["password"]

    def as_wanted(self, container_state):
        if self.unsettled or self.snapshots:
            return False
        if self.goal == "available":
            return container_state in ("running", "paused") and self.known.secret == self.password
        return self.goal == "failed" or container_state == "exited"

    def sync(self, container):
        goal = self.goal
        if container is None and self.known.made and goal in ("available", "stopped"):
            self.fail("its container was removed")
        elif goal == "available":
            self.serve(container, self.password, USERNAME=self.wanted.master_username, PASSWORD=self.password, DATABASE=self.wanted.db_name or "postgres")
        elif goal == "stopped":
            self.known.ready = False
            engine.thaw(container)
            container.stop(timeout=30)
            self.settle()
        for snapshot in self.snapshots:
            self.save(snapshot)
        if goal == "deleting":
            self.leave()

    def leave(self):
        forget(self.key)
        if self.backend.databases.get(self.name) is self.wanted:
            del self.backend.databases[self.name]
        self.settle()

    def pretend(self):
        for snapshot in self.snapshots:
            snapshot.transition.done = True
        super().pretend()

    def boot(self, *options):
        if self.wanted.origin:
            engine.run("tar", "--numeric-owner", "-xf", str(self.wanted.origin.file), "-C", str(engine.folder(self.key)))
            self.wanted.origin = None
        super().boot(*options)

    def save(self, snapshot):
        """All files as of one moment, like a volume's snapshot; PostgreSQL recovers from its log."""
        container = engine.find(self.key)
        if container is None or self.goal == "failed":
            self.fail_snapshot(snapshot, "there is no data")
            return
        try:
            self.archive(container, snapshot.saved.file)
        except Exception as e:  # such as a container that cannot be frozen just now
            if not snapshot.transition.late:
                raise
            self.fail_snapshot(snapshot, str(e))
        snapshot.transition.done = True

    def fail_snapshot(self, snapshot, reason):
        print(f"snapshot {snapshot.db_snapshot_identifier} of {self.name} failed: {reason}", flush=True)
        snapshot.status, snapshot.transition.done = "failed", True

    def archive(self, container, file):
        runs = container.status == "running"
        if runs:
            container.pause()
        try:
            file.parent.mkdir(exist_ok=True)
            engine.run("tar", "--numeric-owner", "-cf", str(file), "-C", str(engine.folder(self.key)), "data")
        finally:
            if runs:
                container.unpause()


def parts():
    for regions in list(rds_backends.values()):  # those that exist: asking moto for one makes it
        for backend in list(regions.values()):
            yield from (Database(backend, d) for d in list(backend.databases.values()) if rds.is_real(d))
