"""Route 53 as AWS has it, where moto differs: a batch is done as a whole or not at all. CREATE is refused when the record is there, DELETE
when it differs. And ids of zones begin with Z.

The bed's names have what its public zones have: `addresses`."""
import copy

from moto.route53 import models
from moto.route53.exceptions import DnsNameInvalidForZone, Route53ClientError
from moto.route53.models import RecordSet, Route53Backend, route53_backends

from ec2 import wrap

zone_id = models.create_route53_zone_id
models.create_route53_zone_id = lambda **kwargs: "Z" + zone_id(**kwargs)


def addresses():
    """(address, name) of each record of an address; none of names with a wildcard, nor of aliases."""
    for partitions in list(route53_backends.values()):
        for backend in list(partitions.values()):
            for zone in list(backend.zones.values()):
                if not zone.private_zone:
                    yield from ((ip, r.name.rstrip(".")) for r in list(zone.rrsets) if r.type == "A" and "*" not in r.name for ip in r.records)


def place(record):
    return record.name, record.type, record.set_identifier


def content(record):
    return str(record.ttl), record.records, record.alias_target, str(record.weight)


def refuse(message):
    raise Route53ClientError("InvalidChangeBatch", f"[{message}]")


def record_set(change):
    wanted = copy.deepcopy(change["ResourceRecordSet"])
    wanted["Name"] = wanted["Name"].rstrip(".") + "."
    wanted["ResourceRecords"] = [r["Value"] for r in wanted.get("ResourceRecords") or []]
    return RecordSet(wanted)


def conflict(records, new):
    for other in records:
        if other.name != new.name or place(other) == place(new):
            continue
        plain = not (other.set_identifier and new.set_identifier)
        if "CNAME" in (other.type, new.type) or (other.type == new.type and plain):
            refuse(f"RRSet of type {new.type} with DNS name {new.name} is not permitted because a conflicting RRSet of type {other.type} with the same "
                   "DNS name already exists")


@wrap(Route53Backend, "change_resource_record_sets")
def _(old, self, zoneid, change_list):
    zone = self.get_hosted_zone(zoneid)
    records = {place(r): r for r in zone.rrsets}
    for change in change_list:
        new, action = record_set(change), change["Action"]
        what, there = f"[name='{new.name}', type='{new.type}']", records.get(place(new))
        if not ("." + new.name).endswith("." + zone.name.rstrip(".") + "."):
            raise DnsNameInvalidForZone(name=new.name, zone_name=zone.name)
        if action == "DELETE":
            if not there:
                refuse(f"Tried to delete resource record set {what} but it was not found")
            if content(there) != content(new):
                refuse(f"Tried to delete resource record set {what} but the values provided do not match the current values")
            del records[place(new)]
        else:
            if action == "CREATE" and there:
                refuse(f"Tried to create resource record set {what} but it already exists")
            conflict(records.values(), new)
            records[place(new)] = new
    zone.rrsets = list(records.values())
