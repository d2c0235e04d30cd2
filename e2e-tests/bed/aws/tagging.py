"""The tagging API as AWS has it, where moto differs: which types it lists, and by which names."""
from dataclasses import replace

from moto.core.resource_tagging import TaggedResource
from moto.elasticache.models import ElastiCacheBackend
from moto.rds.models import RDSBackend

from ec2 import wrap

AWS_NAMES = {"elasticache:cache_clusters": "elasticache:cluster", "elasticache:cache_subnet_groups": "elasticache:subnetgroup",
             "elasticache:replication-group": "elasticache:replicationgroup", "elasticache:snapshots": "elasticache:snapshot"}


@wrap(ElastiCacheBackend, "iter_tagged_resources")
def _(old, self):
    for resource in old(self):
        yield replace(resource, resource_type=AWS_NAMES.get(resource.resource_type, resource.resource_type))


@wrap(RDSBackend, "iter_tagged_resources")
def _(old, self):
    yield from old(self)
    for kind, resources in (("rds:subgrp", self.subnet_groups), ("rds:pg", self.db_parameter_groups)):
        for resource in resources.values():
            yield TaggedResource(resource.arn, {tag["Key"]: tag["Value"] for tag in resource.get_tags()}, kind)
