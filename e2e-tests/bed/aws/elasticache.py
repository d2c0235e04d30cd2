"""ElastiCache as AWS has it, where moto differs: states that take time, a group that goes, its nodes, what can be changed of it."""
import secrets

import states
from ec2 import wrap
from moto.core.responses import ActionResult
from moto.elasticache.exceptions import CacheClusterNotFound, CacheSubnetGroupNotFound, ElastiCacheException
from moto.elasticache.models import CacheSubnetGroup, ElastiCacheBackend, ReplicationGroup
from moto.elasticache.responses import ElastiCacheResponse
from states import Transition, durations

VERSIONS = {"redis": "7.1.0", "valkey": "8.1.0"}
SETTINGS = {"EngineVersion": "engine_version", "SecurityGroupIds": "security_group_ids", "TransitEncryptionMode": "transit_encryption_mode"}
FLAGS = {"AutoMinorVersionUpgrade": "auto_minor_version_upgrade", "TransitEncryptionEnabled": "transit_encryption_enabled"}


def refuse_unless_available(group):
    if group.status != "available":
        raise ElastiCacheException("InvalidReplicationGroupState", f"Replication group {group.replication_group_id} is {group.status}, not available.")


# ---- replication groups: `creating`, `modifying`, `deleting` until the bridge has done the work
states.install(ReplicationGroup, "status")
ReplicationGroup.node_groups = property(lambda self: [] if self.status == "creating" else self.nodes, lambda self, nodes: setattr(self, "nodes", nodes))


@wrap(ReplicationGroup, "__init__")
def _(old, self, **kwargs):
    if not kwargs.get("replicas_per_node_group"):  # what moto counts by
        kwargs["replicas_per_node_group"] = (kwargs.get("num_cache_clusters") or 1) - 1
    old(self, **kwargs)
    self.key = f"{self.replication_group_id}-{secrets.token_hex(3)}"
    self.tokens = [token] if (token := kwargs.get("auth_token")) else []  # each lets in
    self.transition = Transition("creating", durations["elasticache"])


def names(group):
    """All that lead to a node."""
    endpoints = [group.__dict__.get("configuration_endpoint")]
    for shard in group.nodes:
        endpoints += [shard.get("primary_endpoint"), {"address": shard.get("reader_endpoint_address")}]
        endpoints += [member.get("read_endpoint") for member in shard["node_group_members"]]
    return tuple(dict.fromkeys(e["address"] for e in endpoints if e and e.get("address")))


@wrap(ElastiCacheResponse, "modify_replication_group")
def _(old, self):
    group = self.elasticache_backend.describe_replication_groups(self._get_param("ReplicationGroupId"))[0]
    refuse_unless_available(group)
    answer = old(self)
    for parameter, attribute in SETTINGS.items():
        if self._get_param(parameter):
            setattr(group, attribute, self._get_param(parameter))
    for parameter, attribute in FLAGS.items():
        if self._get_param(parameter) is not None:
            setattr(group, attribute, self._get_bool_param(parameter))
    strategy, token = self._get_param("AuthTokenUpdateStrategy", "ROTATE"), self._get_param("AuthToken")
    if token:  # rotated, the one before still lets in
        group.tokens = [*group.tokens[-1:], token] if strategy == "ROTATE" else [token]
        group.auth_token_enabled = True
    elif strategy == "DELETE":
        group.tokens, group.auth_token_enabled = [], False
    group.transition = Transition("modifying")
    return answer


@wrap(ElastiCacheBackend, "delete_replication_group")
def _(old, self, replication_group_id, *args, **kwargs):
    group = self.describe_replication_groups(replication_group_id)[0]
    if group.status == "deleting":
        refuse_unless_available(group)
    old(self, replication_group_id, *args, **kwargs)
    group.transition = Transition("deleting")
    return group


@wrap(ElastiCacheResponse, "delete_replication_group")
def _(old, self):
    if snapshot := self._get_param("FinalSnapshotIdentifier"):
        self.elasticache_backend.create_snapshot(snapshot, self._get_param("ReplicationGroupId"), None, None, None)
    return old(self)


# ---- the nodes of a group, which are cache clusters of their own
def nodes(backend):
    for group in list(backend.replication_groups.values()):
        for name in group.member_clusters if group.status != "creating" else ():
            yield {
                "CacheClusterId": name, "ReplicationGroupId": group.replication_group_id, "CacheClusterStatus": group.status, "Engine": group.engine,
                "EngineVersion": group.engine_version or VERSIONS[group.engine], "CacheNodeType": group.cache_node_type, "NumCacheNodes": 1,
                "CacheSubnetGroupName": group.cache_subnet_group_name, "TransitEncryptionEnabled": group.transit_encryption_enabled,
                "SecurityGroups": [{"SecurityGroupId": g, "Status": "active"} for g in group.security_group_ids or ()]}


@wrap(ElastiCacheBackend, "describe_cache_clusters")
def _(old, self, cache_cluster_id=None):
    found = [n for n in nodes(self) if n["CacheClusterId"] == cache_cluster_id or not cache_cluster_id]
    try:
        return old(self, cache_cluster_id) + found
    except CacheClusterNotFound:
        if not found:
            raise
        return found


def replicas(self):
    group = self.elasticache_backend.describe_replication_groups(self._get_param("ReplicationGroupId"))[0]
    refuse_unless_available(group)
    group.member_clusters = [f"{group.replication_group_id}-{n + 1:0>3}" for n in range(1 + self._get_int_param("NewReplicaCount"))]
    group.transition = Transition("modifying")
    return ActionResult({"ReplicationGroup": group})


ElastiCacheResponse.increase_replica_count = ElastiCacheResponse.decrease_replica_count = replicas


# ---- subnet groups change, and go
def modify_cache_subnet_group(self):
    backend, name = self.elasticache_backend, self._get_param("CacheSubnetGroupName")
    group = backend.describe_cache_subnet_groups(name)[0]
    changed = CacheSubnetGroup(backend.account_id, backend.region_name, name, group.cache_subnet_group_description, self._get_param("SubnetIds"), group.tags)
    backend.cache_subnet_groups[name] = changed
    return ActionResult({"CacheSubnetGroup": changed})


def delete_cache_subnet_group(self):
    name, backend = self._get_param("CacheSubnetGroupName"), self.elasticache_backend
    if name not in backend.cache_subnet_groups:
        raise CacheSubnetGroupNotFound(name)
    if any(g.cache_subnet_group_name == name for g in backend.replication_groups.values()):
        raise ElastiCacheException("CacheSubnetGroupInUse", f"Cache subnet group {name} is currently in use by a cache cluster.")
    del backend.cache_subnet_groups[name]
    return ActionResult({})


ElastiCacheResponse.modify_cache_subnet_group = modify_cache_subnet_group
ElastiCacheResponse.delete_cache_subnet_group = delete_cache_subnet_group
