"""ElastiCache as AWS has it, where moto differs: a group's nodes, changes of all that a group has, deletions that end. Leans on the inside of moto 5.2.5."""
from moto.core.responses import ActionResult, EmptyResult
from moto.elasticache.exceptions import ElastiCacheException
from moto.elasticache.models import CacheSubnetGroup, ElastiCacheBackend
from moto.elasticache.responses import ElastiCacheResponse

from ec2 import wrap

SETTINGS = {"EngineVersion": "engine_version", "AutoMinorVersionUpgrade": "auto_minor_version_upgrade", "SecurityGroupIds": "security_group_ids",
            "TransitEncryptionEnabled": "transit_encryption_enabled", "TransitEncryptionMode": "transit_encryption_mode"}


class CacheSubnetGroupInUse(ElastiCacheException):
    code = "CacheSubnetGroupInUse"


# ---- nodes: AWS calls them cache clusters, and shows some of what a group has in them alone
def node(group, name):
    return {"CacheClusterId": name, "ReplicationGroupId": group.replication_group_id, "CacheClusterStatus": group.status, "NumCacheNodes": 1,
            "CacheNodeType": group.cache_node_type, "Engine": group.engine, "EngineVersion": group.engine_version,
            "CacheSubnetGroupName": group.cache_subnet_group_name,
            "SecurityGroups": [{"SecurityGroupId": id, "Status": "active"} for id in group.security_group_ids or []]}


@wrap(ElastiCacheBackend, "describe_cache_clusters")
def _(old, self, cache_cluster_id=None):
    nodes = {name: node(group, name) for group in self.replication_groups.values() for name in group.member_clusters}
    if cache_cluster_id in nodes:
        return [nodes[cache_cluster_id]]
    return old(self, cache_cluster_id) + list(nodes.values())


def replicas(self):
    group = self.elasticache_backend.describe_replication_groups(self._get_param("ReplicationGroupId"))[0]
    nodes = 1 + self._get_int_param("NewReplicaCount")
    group.member_clusters = [f"{group.replication_group_id}-{n + 1:0>3}" for n in range(nodes)]
    return ActionResult({"ReplicationGroup": group})


ElastiCacheResponse.increase_replica_count = ElastiCacheResponse.decrease_replica_count = replicas


# ---- groups
@wrap(ElastiCacheResponse, "modify_replication_group")
def _(old, self):
    answer = old(self)
    group = answer.result["ReplicationGroup"]
    for parameter, attribute in SETTINGS.items():
        if self._get_param(parameter) is not None:
            setattr(group, attribute, self._get_param(parameter))
    strategy = self._get_param("AuthTokenUpdateStrategy")
    if strategy:
        group.auth_token_enabled = strategy != "DELETE"
    return answer


@wrap(ElastiCacheResponse, "delete_replication_group")
def _(old, self):
    name, snapshot = self._get_param("ReplicationGroupId"), self._get_param("FinalSnapshotIdentifier")
    if snapshot:
        self.elasticache_backend.create_snapshot(snapshot, name, None, None, None)
    answer = old(self)
    del self.elasticache_backend.replication_groups[name]
    return answer


# ---- subnet groups
def modify_cache_subnet_group(self):
    backend, name = self.elasticache_backend, self._get_param("CacheSubnetGroupName")
    group = backend.describe_cache_subnet_groups(name)[0]
    changed = CacheSubnetGroup(backend.account_id, backend.region_name, name, group.cache_subnet_group_description, self._get_param("SubnetIds"), group.tags)
    backend.cache_subnet_groups[name] = changed
    return ActionResult({"CacheSubnetGroup": changed})


def delete_cache_subnet_group(self):
    backend, name = self.elasticache_backend, self._get_param("CacheSubnetGroupName")
    backend.describe_cache_subnet_groups(name)
    if any(group.cache_subnet_group_name == name for group in backend.replication_groups.values()):
        raise CacheSubnetGroupInUse(f"Cache subnet group {name} is currently in use by a cache cluster.")
    del backend.cache_subnet_groups[name]
    return EmptyResult()


ElastiCacheResponse.modify_cache_subnet_group = modify_cache_subnet_group
ElastiCacheResponse.delete_cache_subnet_group = delete_cache_subnet_group
