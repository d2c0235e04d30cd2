"""Where moto's EC2 is kinder, or less complete, than AWS: states that take time, refusals, filters. Leans on the inside of moto 5.2.5."""
from moto.core.responses import ActionResult
from moto.core.utils import utcnow
from moto.ec2 import utils
from moto.ec2.exceptions import DependencyViolationError, EC2ClientError
from moto.ec2.models import elastic_ip_addresses, elastic_network_interfaces, instances, internet_gateways, security_groups, subnets, vpcs
from moto.ec2.models.instances import InstanceState
from moto.ec2.responses.key_pairs import KeyPairs
from moto.elasticache.models import elasticache_backends
from moto.rds.models import rds_backends
from moto.ssm.models import Parameter, ParameterDict

from states import Transition, current, durations

UBUNTU = "ami-0ubuntu2404amd64x"
UBUNTU_PARAMETER = "/aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id"

utils.filter_dict_attribute_mapping["client-token"] = "client_token"
utils.filter_dict_attribute_mapping["reservation-id"] = "reservation.id"


def wrap(cls, name):
    """Decorates a replacement of a method, which gets the old one as its first argument."""
    old = getattr(cls, name)

    def put(new):
        setattr(cls, name, lambda self, *args, **kwargs: new(old, self, *args, **kwargs))
        return new

    return put


def refuse(code, message):
    raise EC2ClientError(code, message)


# ---- an instance is `pending`, `stopping` or `shutting-down` until the bridge has done the work
CODES = {"pending": 0, "running": 16, "shutting-down": 32, "terminated": 48, "stopping": 64, "stopped": 80}


def state(self):
    transition = current(self)
    return InstanceState(transition.name, CODES[transition.name]) if transition else self.__dict__["goal"]


instances.Instance._state = property(state, lambda self, value: self.__dict__.__setitem__("goal", value))
instances.Instance.transition = None


def goal(instance):
    """What the instance is to become: running, stopped or terminated."""
    return instance.__dict__["goal"].name


for method, name, end in ("start", "pending", "running"), ("stop", "stopping", "stopped"), ("terminate", "shutting-down", "terminated"):
    @wrap(instances.Instance, method)
    def _(old, self, *args, _name=name, _end=end, **kwargs):
        before, self.transition = self.state, None
        already = goal(self) == _end and before in ("running", "stopped", "terminated")
        previous = old(self, *args, **kwargs)
        previous.name, previous.code = before, CODES[before]
        if not already:
            self.transition = Transition(_name, durations["ec2"] if _name == "pending" else 0)
        return previous


@wrap(instances.InstanceBackend, "run_instances")
def _(old, self, *args, **kwargs):
    reservation = old(self, *args, **kwargs)
    for i in reservation.instances:
        i.reservation, i.transition = reservation, Transition("pending", durations["ec2"])
        for nic in i.nics.values():  # moto tags instances and volumes only
            nic.add_tags((kwargs.get("tags") or {}).get("network-interface", {}))
    return reservation


def in_state(instance, *allowed):
    if instance.state not in allowed:
        refuse("IncorrectInstanceState", f"The instance '{instance.id}' is not in a state from which it can be changed: {instance.state}.")


for method, allowed in ("start_instances", ("stopped", "running", "pending")), ("stop_instances", ("running", "stopping", "stopped")), \
        ("reboot_instances", ("running", "pending")):
    @wrap(instances.InstanceBackend, method)
    def _(old, self, instance_ids, _allowed=allowed):
        for i in self.get_multi_instances_by_id(instance_ids):
            in_state(i, *_allowed)
        return old(self, instance_ids)


@wrap(instances.InstanceBackend, "modify_instance_attribute")
def _(old, self, instance_id, key, value):
    if key in ("instance_type", "user_data", "ebs_optimized"):
        in_state(self.get_instance(instance_id), "stopped")
    return old(self, instance_id, key, value)


@wrap(instances.InstanceBackend, "modify_instance_metadata_options")
def _(old, self, instance_id, http_tokens=None, hop_limit=None, **more):  # moto forgets what is not named
    before = self.get_instance(instance_id).metadata_options
    return old(self, instance_id, http_tokens=http_tokens or before.http_tokens, hop_limit=hop_limit or before.http_put_response_hop_limit, **more)


# ---- what is in use is not deleted
def living(backend):
    return [i for r in backend.reservations.values() for i in r.instances if i.state != "terminated"]


def of_data(backend):
    """The security groups of databases and caches, which have interfaces that moto does not know."""
    databases = rds_backends[backend.account_id][backend.region_name].databases.values()
    caches = elasticache_backends[backend.account_id][backend.region_name].replication_groups.values()
    return {g for x in list(databases) for g in x.vpc_security_group_ids} | {g for x in list(caches) for g in x.security_group_ids or ()}


def in_use(what):
    raise DependencyViolationError(f"{what} has dependencies and cannot be deleted.")


@wrap(security_groups.SecurityGroupBackend, "delete_security_group")
def _(old, self, name=None, group_id=None):
    used = any(group_id == g.id for i in living(self) for g in i.security_groups) or any(group_id == g.id for e in self.enis.values() for g in e.group_set)
    used = used or group_id in of_data(self)
    named = any(group_id == (rule.source_group or {}).get("GroupId") for groups in self.groups.values() for g in groups.values() if g.id != group_id
                for rule in g.ingress_rules + g.egress_rules)
    if group_id and (used or named):
        raise DependencyViolationError(f"resource {group_id} has a dependent object")
    return old(self, name, group_id)


@wrap(subnets.SubnetBackend, "delete_subnet")
def _(old, self, subnet_id):
    if any(i.subnet_id == subnet_id for i in living(self)) or any(e.subnet.id == subnet_id for e in self.enis.values()):
        in_use(f"The subnet '{subnet_id}'")
    for table in self.route_tables.values():  # on AWS the association goes with the subnet
        for association in [a for a, of in table._associations.items() if of == subnet_id]:
            del table._associations[association]
    return old(self, subnet_id)


@wrap(vpcs.VPCBackend, "delete_vpc")
def _(old, self, vpc_id):
    if any(g.vpc and g.vpc.id == vpc_id for g in self.internet_gateways.values()) or any(not g.is_default for g in self.groups.get(vpc_id, {}).values()):
        in_use(f"The vpc '{vpc_id}'")
    return old(self, vpc_id)


@wrap(internet_gateways.InternetGatewayBackend, "detach_internet_gateway")
def _(old, self, internet_gateway_id, vpc_id):
    if any(i.vpc_id == vpc_id and i.public_ip and i.state != "stopped" for i in living(self)):
        raise DependencyViolationError(f"Network {vpc_id} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway.")
    return old(self, internet_gateway_id, vpc_id)


# ---- Elastic IP addresses
@wrap(elastic_ip_addresses.ElasticAddressBackend, "release_address")
def _(old, self, address=None, allocation_id=None):
    found = self.address_by_ip([address]) if address else self.address_by_allocation([allocation_id])
    if found[0].association_id:
        refuse("InvalidIPAddress.InUse", f"Address {found[0].public_ip} is in use.")
    return old(self, address, allocation_id)


@wrap(elastic_network_interfaces.NetworkInterface, "check_auto_public_ip")
def _(old, self):  # moto gives a machine that starts again another address, though an elastic one is its own
    held = [a.public_ip for a in self.ec2_backend.addresses if a.eni is self]
    if held:
        self.public_ip = held[0]
    else:
        old(self)


@wrap(elastic_ip_addresses.ElasticAddressBackend, "associate_address")
def _(old, self, instance=None, eni=None, **kwargs):
    if instance and instance.state not in ("running", "stopped", "stopping"):
        refuse("InvalidInstanceID", f"The {instance.state} instance '{instance.id}' is not in a valid state for this operation.")
    if instance and not any(g.vpc and g.vpc.id == instance.vpc_id for g in self.internet_gateways.values()) and not self.get_vpc(instance.vpc_id).is_default:
        refuse("Gateway.NotAttached", f"Network {instance.vpc_id} is not attached to any internet gateway")
    eip = old(self, instance, eni, **kwargs)
    for nic in self.enis.values():  # moto leaves the address on the interface that had it before
        if nic is not eip.eni and nic.public_ip == eip.public_ip:
            nic.public_ip = None
            nic.check_auto_public_ip()
    return eip


@wrap(instances.Instance, "terminate")
def _(old, self):
    previous = old(self)
    for eip in [a for a in self.ec2_backend.addresses if a.instance is self]:
        self.ec2_backend.disassociate_address(address=eip.public_ip)
    for nic in self.nics.values():  # that of the launch goes with the instance, which moto forgets
        self.ec2_backend.enis.pop(nic.id, None)
    return previous


# ---- key pairs go by id too, which moto does not know
@wrap(KeyPairs, "describe_key_pairs")
def _(old, self):
    answer, ids = old(self), self._get_param("KeyPairIds", [])
    if ids:
        found = [pair for pair in answer.result["KeyPairs"] if pair.id in ids]
        for unknown in set(ids) - {pair.id for pair in found}:
            refuse("InvalidKeyPair.NotFound", f"The key pair ID '{unknown}' does not exist")
        answer.result["KeyPairs"] = found
    return answer


@wrap(KeyPairs, "delete_key_pair")
def _(old, self):
    wanted = self._get_param("KeyPairId")
    if not wanted:
        return old(self)
    self.error_on_dryrun()
    for pair in [k for k in self.ec2_backend.key_pairs.values() if k.id == wanted]:
        self.ec2_backend.delete_key_pair(pair.key_name)
    return ActionResult({"Return": True, "KeyPairId": wanted})


# ---- the public parameter that names Canonical's current Ubuntu image
@wrap(ParameterDict, "_check_loading_status")
def _(old, self, key):
    old(self, key)
    if key == UBUNTU_PARAMETER and not self.__dict__.get("ubuntu"):
        self.ubuntu = True
        self[key].append(Parameter(self.account_id, key, UBUNTU, "String", None, None, None, utcnow().timestamp(), 1, "aws:ec2:image"))
