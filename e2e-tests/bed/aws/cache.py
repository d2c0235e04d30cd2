"""A cache: a replication group of ElastiCache is one Valkey server, whatever engine and number of nodes it has. All its names lead to it."""
import elasticache
import engine
from moto.elasticache.models import elasticache_backends
from moto.ec2.models import ec2_backends
from part import forget
from store import Store


def default_group(backend):
    ec2 = ec2_backends[backend.account_id][backend.region_name]
    return ec2.get_default_security_group(ec2.default_vpc.id).id


class Cache(Store):
    program, lost = "cache", "create-failed"

    def __init__(self, backend, group):
        groups = group.security_group_ids or [default_group(backend)]
        super().__init__(group.key, group.replication_group_id, backend, group, groups)
        self.names = elasticache.names(group)

    def as_wanted(self, container_state):
        if self.unsettled:
            return False
        return self.goal == self.lost or container_state in ("running", "paused") and self.known.secret == self.wanted.tokens

    def sync(self, container):
        if not self.alive:
            self.leave()
            return
        if container is None and self.known.made:  # a node that is lost is replaced, by an empty one
            self.begin("modifying")
            self.known.ready = False
        tokens = self.wanted.tokens
        (engine.folder(self.key) / "tokens").write_text("".join(f"{token}\n" for token in tokens))
        self.serve(container, tokens)

    def leave(self):
        forget(self.key)
        if self.backend.replication_groups.get(self.name) is self.wanted:
            del self.backend.replication_groups[self.name]
        self.settle()

    def boot(self, *options):
        super().boot("-e", f"TLS={'yes' if self.wanted.transit_encryption_enabled else ''}", *options)


def parts():
    for regions in list(elasticache_backends.values()):  # those that exist: asking moto for one makes it
        for backend in list(regions.values()):
            yield from (Cache(backend, g) for g in list(backend.replication_groups.values()))
