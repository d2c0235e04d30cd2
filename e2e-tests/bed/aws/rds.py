"""RDS as AWS has it, where moto differs: quotas, and parameters that are reset."""
from moto.core.responses import ActionResult
from moto.rds.exceptions import DBParameterGroupNotFoundError, RDSClientError
from moto.rds.models import DBInstance, RDSBackend
from moto.rds.responses import RDSResponse

from ec2 import wrap

MANUAL_SNAPSHOTS = 100


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
