"""RDS as AWS has it, where moto differs: states that take time, snapshots that have data, quotas, and parameters that are reset."""
import random
import secrets
import string
import weakref

import memory
import states
from engine import DIR
from moto.core.responses import ActionResult
from moto.rds.exceptions import DBParameterGroupNotFoundError, RDSClientError
from moto.rds.models import DBInstance, DBSnapshot, RDSBackend
from moto.rds.responses import RDSResponse
from states import Transition, durations

from ec2 import wrap

MANUAL_SNAPSHOTS = 100
SNAPSHOTS = DIR / "aws" / "snapshots"


def is_real(database):
    """What the bridge makes; the others are there at once, and only in the emulator."""
    return database.engine == "postgres" and not database.db_cluster_identifier and not database.source_db_instance_identifier


def refuse_unless(database, *allowed):
    if database.status not in allowed:
        raise RDSClientError("InvalidDBInstanceState", f"Instance {database.db_instance_identifier} is {database.status}, not {' or '.join(allowed)}.")


def under_way(database, transition):
    if is_real(database):
        database.transition = Transition(transition)
    return database


# ---- instances: `creating`, `stopping`, `deleting` ... until the bridge has done the work
states.install(DBInstance, "status")
DBInstance.address = property(lambda self: f"{self.db_instance_identifier}.c{self.account_id}.{self.region}.rds.amazonaws.com")
DBInstance.endpoint = property(lambda self: None if self.status == "creating" else {"Address": self.address, "Port": self.port})


@wrap(DBInstance, "__init__")
def _(old, self, *args, saved=None, **kwargs):
    old(self, *args, **kwargs)
    self.dbi_resource_id = "db-" + "".join(random.choices(string.ascii_uppercase + string.digits, k=26))
    self.origin = saved  # what it starts with; None: nothing
    if is_real(self):
        self.transition = Transition("creating", durations["rds"])


@wrap(DBInstance, "update")
def _(old, self, **changes):
    old(self, **changes)
    if is_real(self) and changes.get("master_user_password"):
        self.transition = Transition("resetting-master-credentials")


@wrap(RDSBackend, "stop_db_instance")
def _(old, self, *args, **kwargs):
    return under_way(old(self, *args, **kwargs), "stopping")


@wrap(RDSBackend, "start_db_instance")
def _(old, self, *args, **kwargs):
    return under_way(old(self, *args, **kwargs), "starting")


@wrap(RDSBackend, "reboot_db_instance")
def _(old, self, *args, **kwargs):
    database = old(self, *args, **kwargs)
    refuse_unless(database, "available")
    memory.of(database.dbi_resource_id).reboot = is_real(database)
    return under_way(database, "rebooting")


@wrap(RDSBackend, "delete_db_instance")
def _(old, self, db_instance_identifier, final_db_snapshot_identifier=None, skip_final_snapshot=False, **kwargs):
    found = self.databases.get(db_instance_identifier)
    if found and found.status == "deleting":
        raise RDSClientError("InvalidDBInstanceState", f"Instance {db_instance_identifier} is already being deleted.")
    database = under_way(old(self, db_instance_identifier, final_db_snapshot_identifier, skip_final_snapshot, **kwargs), "deleting")
    if is_real(database):
        self.databases[db_instance_identifier] = database  # until its last snapshot is made
    return database


# ---- snapshots have the data of their moment
class Saved:
    """An archive of a database's files, which is there as long as a snapshot has it."""

    def __init__(self):
        self.file = SNAPSHOTS / f"{secrets.token_hex(8)}.tar"
        weakref.finalize(self, self.file.unlink, missing_ok=True)

    def __copy__(self):
        return self


states.install(DBSnapshot, "status")


@wrap(DBSnapshot, "__init__")
def _(old, self, backend, database, *args, **kwargs):
    old(self, backend, database, *args, **kwargs)
    copied = database.__dict__.get("saved")  # what moto keeps of a database in each of its snapshots has it, and a restore passes it on
    self.saved, self.database.origin = copied or Saved(), None
    self.database.saved = self.saved
    if is_real(database) and not copied:
        self.transition = Transition("creating")


@wrap(RDSBackend, "create_db_snapshot")
def _(old, self, db_instance_identifier, db_snapshot_identifier, snapshot_type="manual", *args, **kwargs):
    database = self.databases.get(db_instance_identifier)
    if database and snapshot_type == "manual":
        refuse_unless(database, "available", "stopped")
    return old(self, db_instance_identifier, db_snapshot_identifier, snapshot_type, *args, **kwargs)


@wrap(RDSBackend, "copy_db_snapshot")
def _(old, self, source_db_snapshot_identifier, *args, **kwargs):
    refuse_unless_made(self.get_db_snapshot(source_db_snapshot_identifier))
    return old(self, source_db_snapshot_identifier, *args, **kwargs)


@wrap(RDSBackend, "restore_db_instance_from_db_snapshot")
def _(old, self, from_snapshot_id, overrides):
    refuse_unless_made(self.get_db_snapshot(from_snapshot_id))
    return old(self, from_snapshot_id, overrides)


def refuse_unless_made(snapshot):
    if snapshot.status != "available":
        raise RDSClientError("InvalidDBSnapshotState", f"Snapshot {snapshot.db_snapshot_identifier} is {snapshot.status}, not available.")


# ---- quotas and parameters
class InvalidDBParameterGroupState(RDSClientError):
    def __init__(self, message):
        super().__init__("InvalidDBParameterGroupState", message)


def describe_account_attributes(self):
    manual = [s for s in self.backend.database_snapshots.values() if s.snapshot_type == "manual"]
    return ActionResult({"AccountQuotas": [{"AccountQuotaName": "ManualSnapshots", "Used": len(manual), "Max": MANUAL_SNAPSHOTS}]})


def reset_db_parameter_group(self):
    name = self.params.get("DBParameterGroupName")
    group = self.backend.describe_db_parameter_groups({"db_parameter_group_name": name})[0]
    for parameter in self.params.get("Parameters", []):
        group.parameters.pop(parameter.original_dict()["ParameterName"], None)
    return ActionResult({"DBParameterGroupName": name})


@wrap(RDSResponse, "describe_db_parameter_groups")
def _(old, self):
    name = self.params.get("DBParameterGroupName")
    if name and name not in self.backend.db_parameter_groups:
        raise DBParameterGroupNotFoundError(name)
    return old(self)


@wrap(RDSBackend, "delete_db_parameter_group")
def _(old, self, name):
    if any(getattr(d, "db_parameter_group_name", None) == name for d in self.databases.values()):
        raise InvalidDBParameterGroupState(f"{name} is in use")
    return old(self, name)


def default_parameter_group(self):
    family = f"{self.engine.lower()}{str(self.engine_version).split('.')[0]}"
    return family, f"default.{family}"


@wrap(RDSBackend, "create_db_instance")
def _(old, self, db_kwargs):  # the default group of its version is there, which moto only names
    database = old(self, db_kwargs)
    family, name = database.default_db_parameter_group_details()
    if name not in self.db_parameter_groups:
        self.create_db_parameter_group({"db_parameter_group_name": name, "db_parameter_group_family": family, "description": f"Default of {family}"})
    return database


@wrap(RDSBackend, "modify_db_subnet_group")
def _(old, self, subnet_name, description, subnets):  # moto forgets the group
    self.subnet_groups[subnet_name] = group = old(self, subnet_name, description, subnets)
    return group


DBInstance.performance_insights_enabled = property(lambda self: bool(self.__dict__.get("enable_performance_insights")))
DBInstance.default_db_parameter_group_details = default_parameter_group
RDSResponse.describe_account_attributes = describe_account_attributes
RDSResponse.reset_db_parameter_group = reset_db_parameter_group
