"""RDS as AWS has it, where moto differs: quotas, and parameters that are reset."""
from moto.core.responses import ActionResult
from moto.rds.exceptions import DBParameterGroupNotFoundError, RDSClientError
from moto.rds.models import RDSBackend
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


RDSResponse.describe_account_attributes = describe_account_attributes
RDSResponse.reset_db_parameter_group = reset_db_parameter_group
