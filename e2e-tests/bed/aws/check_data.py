"""Are databases and caches real, and as AWS has them? Takes everything down again. In a bed that is up:

    set -a; . DIR/env; $BED_PYTHON aws/check_data.py
"""
import os
import subprocess
import time

from check import client, ec2, order, refused, reset, say, until

rds, elasticache = client("rds"), client("elasticache")
CLIENT, ADDRESS = "check-client", "10.77.1.20"


def docker(*command):
    return subprocess.run(["docker", *command], env={**os.environ, "DOCKER_HOST": os.environ["BED_MACHINE_ENGINE"]}, capture_output=True, text=True)


def running(key):
    return bool(docker("ps", "-q", "--filter", f"name=^{key}$").stdout)


def group(name, *ports):
    """Lets the client in by these ports."""
    made = ec2.create_security_group(GroupName=name, Description=name)["GroupId"]
    if ports:
        ec2.authorize_security_group_ingress(GroupId=made, IpPermissions=[
            {"IpProtocol": "tcp", "FromPort": p, "ToPort": p, "IpRanges": [{"CidrIp": f"{ADDRESS}/32"}]} for p in ports])
    return made


# ---- databases
def database(name):
    return rds.describe_db_instances(DBInstanceIdentifier=name)["DBInstances"][0]


def is_(name, status):
    return database(name)["DBInstanceStatus"] == status


def available(name):
    until(f"{name} available", lambda: is_(name, "available"), 60)


def create(name, password, *groups):
    answer = rds.create_db_instance(DBInstanceIdentifier=name, Engine="postgres", EngineVersion="17.6", DBInstanceClass="db.t4g.micro", AllocatedStorage=20,
                                    DBName="shop", MasterUsername="app", MasterUserPassword=password, VpcSecurityGroupIds=groups)["DBInstance"]
    assert answer["DBInstanceStatus"] == "creating" and "Endpoint" not in answer, answer


def sql(name, password, statement, tls="verify-full"):
    end = database(name)["Endpoint"]
    to = f"host={end['Address']} port={end['Port']} user=app dbname=shop sslmode={tls} sslrootcert=/ca.crt connect_timeout=5"
    done = docker("exec", "-e", f"PGPASSWORD={password}", CLIENT, "psql", "-qAt", to, "-c", statement)
    return done.stdout.strip() or done.stderr.strip()


def rows(name, password):
    return sql(name, password, "SELECT string_agg(name, ' ' ORDER BY name) FROM rows")


def snapshot(name):
    return rds.describe_db_snapshots(DBSnapshotIdentifier=name)["DBSnapshots"][0]["Status"]


def databases(opened, shut):
    began = time.monotonic()
    create("check-a", "secret of a'", opened)
    create("check-b", "secret of b$", opened)
    available("check-a")
    say(f"database: available {time.monotonic() - began:.1f} s after its creation")
    available("check-b")
    a = "secret of a'"
    assert sql("check-a", a, "SHOW server_version").startswith("17"), sql("check-a", a, "SHOW server_version")
    assert sql("check-a", a, "SELECT rolsuper FROM pg_roles WHERE rolname = 'app'") == "f"
    sql("check-a", a, "CREATE TABLE rows (name text); INSERT INTO rows VALUES ('first')")
    assert rows("check-a", a) == "first", rows("check-a", a)
    assert "no encryption" in sql("check-a", a, "SELECT 1", tls="disable"), sql("check-a", a, "SELECT 1", tls="disable")
    assert "password authentication failed" in sql("check-b", a, "SELECT 1"), sql("check-b", a, "SELECT 1")
    say("database: entered with its own password and with TLS, verified; with another's, or without TLS, it is not")

    rds.modify_db_instance(DBInstanceIdentifier="check-a", VpcSecurityGroupIds=[shut], ApplyImmediately=True)
    until("closed", lambda: "timeout expired" in sql("check-a", a, "SELECT 1"), 40)
    rds.modify_db_instance(DBInstanceIdentifier="check-a", VpcSecurityGroupIds=[opened], ApplyImmediately=True)
    until("open", lambda: sql("check-a", a, "SELECT 1") == "1", 20)
    refused("DependencyViolation", ec2.delete_security_group, GroupId=opened)
    say("database: behind its security groups")

    rds.create_db_snapshot(DBInstanceIdentifier="check-a", DBSnapshotIdentifier="check-first")
    until("snapshot", lambda: snapshot("check-first") == "available", 30)
    sql("check-a", a, "INSERT INTO rows VALUES ('second')")
    rds.restore_db_instance_from_db_snapshot(DBInstanceIdentifier="check-c", DBSnapshotIdentifier="check-first", VpcSecurityGroupIds=[opened])
    available("check-c")
    assert rows("check-c", a) == "first", rows("check-c", a)
    rds.modify_db_instance(DBInstanceIdentifier="check-c", MasterUserPassword="another secret", ApplyImmediately=True)
    available("check-c")
    assert rows("check-c", "another secret") == "first", rows("check-c", "another secret")
    assert "password authentication failed" in rows("check-c", a), rows("check-c", a)
    say("database: restored with its rows and its password; a new password takes effect, the old one ends")

    rds.stop_db_instance(DBInstanceIdentifier="check-a")
    refused("InvalidDBInstanceState", rds.reboot_db_instance, DBInstanceIdentifier="check-a")
    until("stopped", lambda: is_("check-a", "stopped"), 60)
    assert not running(database("check-a")["DbiResourceId"])
    rds.start_db_instance(DBInstanceIdentifier="check-a")
    available("check-a")
    rds.reboot_db_instance(DBInstanceIdentifier="check-a")
    available("check-a")
    assert rows("check-a", a) == "first second", rows("check-a", a)
    say("database: stopped, started, restarted")

    key = database("check-a")["DbiResourceId"]
    rds.delete_db_instance(DBInstanceIdentifier="check-a", FinalDBSnapshotIdentifier="check-last")
    until("deleted", lambda: "check-a" not in {d["DBInstanceIdentifier"] for d in rds.describe_db_instances()["DBInstances"]}, 60)
    assert not running(key) and snapshot("check-last") == "available", snapshot("check-last")
    rds.copy_db_snapshot(SourceDBSnapshotIdentifier="check-last", TargetDBSnapshotIdentifier="check-copy")
    rds.delete_db_snapshot(DBSnapshotIdentifier="check-last")
    rds.restore_db_instance_from_db_snapshot(DBInstanceIdentifier="check-a", DBSnapshotIdentifier="check-copy", VpcSecurityGroupIds=[opened])
    available("check-a")
    assert rows("check-a", a) == "first second", rows("check-a", a)
    say("database: deleted; another of its name has the rows of its last snapshot")

    docker("kill", database("check-b")["DbiResourceId"])
    until("started again", lambda: sql("check-b", "secret of b$", "SELECT 1") == "1", 30)
    docker("rm", "-f", database("check-b")["DbiResourceId"])
    until("failed", lambda: is_("check-b", "failed"), 30)
    refused("InvalidDBInstanceState", rds.delete_db_instance, DBInstanceIdentifier="check-b", FinalDBSnapshotIdentifier="check-none")
    rds.delete_db_instance(DBInstanceIdentifier="check-b", SkipFinalSnapshot=True)
    say("database: one that falls over is started again; one that is lost has failed")


# ---- caches
def cache(name):
    return elasticache.describe_replication_groups(ReplicationGroupId=name)["ReplicationGroups"][0]


def until_available(name):
    until(f"{name} available", lambda: cache(name)["Status"] == "available", 60)


def ask(name, token, *command, tls=("--tls", "--cacert", "/ca.crt")):
    primary = cache(name)["NodeGroups"][0]["PrimaryEndpoint"]
    login = ("--no-auth-warning", "-a", token) if token else ()
    done = docker("exec", CLIENT, "timeout", "3", "valkey-cli", "-h", primary["Address"], "-p", str(primary["Port"]), *login, *tls, *command)
    return (done.stdout + done.stderr).strip()


def caches(opened, shut):
    began, first, second, third = time.monotonic(), "a-token-of-16-chars", "the-token-after-it", "and-the-third-token"
    made = dict(ReplicationGroupDescription="check", CacheNodeType="cache.t4g.micro", SecurityGroupIds=[opened])
    answer = elasticache.create_replication_group(ReplicationGroupId="check", Engine="valkey", EngineVersion="8.0", NumCacheClusters=2, AuthToken=first,
                                                  TransitEncryptionEnabled=True, **made)["ReplicationGroup"]
    assert answer["Status"] == "creating", answer
    elasticache.create_replication_group(ReplicationGroupId="check-plain", Engine="redis", **made)
    until_available("check")
    say(f"cache: available {time.monotonic() - began:.1f} s after its creation")
    until_available("check-plain")
    assert ask("check", first, "SET", "key", "value") == "OK", ask("check", first, "SET", "key", "value")
    assert "WRONGPASS" in ask("check", second, "GET", "key") and "NOAUTH" in ask("check", "", "GET", "key")
    assert ask("check", first, "GET", "key", tls=()) != "value"
    assert "NOPERM" in ask("check", first, "CONFIG", "GET", "*"), ask("check", first, "CONFIG", "GET", "*")
    assert ask("check-plain", "", "SET", "key", "plain", tls=()) == "OK" and ask("check", first, "GET", "key") == "value"
    nodes = [n for n in elasticache.describe_cache_clusters()["CacheClusters"] if n["ReplicationGroupId"] == "check"]
    assert len(nodes) == 2 and nodes[0]["SecurityGroups"][0]["SecurityGroupId"] == opened, nodes
    say("cache: entered with its token and TLS; one without either is open")

    def change(**what):
        elasticache.modify_replication_group(ReplicationGroupId="check", ApplyImmediately=True, **what)
        until_available("check")

    change(AuthToken=second, AuthTokenUpdateStrategy="ROTATE")
    assert ask("check", first, "GET", "key") == ask("check", second, "GET", "key") == "value"
    change(AuthToken=third, AuthTokenUpdateStrategy="SET")
    assert "WRONGPASS" in ask("check", second, "GET", "key") and ask("check", third, "GET", "key") == "value"
    change(SecurityGroupIds=[shut])
    until("closed", lambda: ask("check", third, "GET", "key") == "", 20)
    say("cache: tokens are rotated and set; behind its security groups")

    elasticache.delete_replication_group(ReplicationGroupId="check")
    until("deleted", lambda: [g["ReplicationGroupId"] for g in elasticache.describe_replication_groups()["ReplicationGroups"]] == ["check-plain"], 30)
    say("cache: deleted")


def main():
    docker("rm", "-f", CLIENT)
    made = docker("run", "-d", "--name", CLIENT, "--network", "ec2", "--ip", ADDRESS, "--dns", "10.77.0.1", "-v", f"{os.environ['BED_CA']}:/ca.crt",
                  "bed/data", "sleep", "600")
    assert made.returncode == 0, made.stderr
    opened, shut = group("check-open", 5432, 6379), group("check-shut")
    databases(opened, shut)
    caches(opened, shut)
    order("durations", {"rds": 4})
    began = time.monotonic()
    create("check-slow", "another secret", opened)
    available("check-slow")
    assert time.monotonic() - began >= 4, time.monotonic() - began
    order("durations", {"rds": 0})
    reset()
    assert docker("ps", "-aq", "--filter", "label=bed.part").stdout == ""
    docker("rm", "-f", CLIENT)
    say("durations; reset")


if __name__ == "__main__":
    main()
