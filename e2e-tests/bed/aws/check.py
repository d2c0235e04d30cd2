"""Does the emulator do what tests of an operator rely on? Boots a machine, and takes everything down again. In a bed that is up:

    set -a; . DIR/env; $BED_PYTHON aws/check.py

Databases and caches: check_data.py. HTTPS: check_edge.py.
"""
import json
import os
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError, ConnectionClosedError

ENDPOINT, IN, KEY = os.environ["BED_AWS_ENDPOINT"], os.environ["BED_RUN"], os.environ["BED_SSH_KEY"]
PARAMETER = "/aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id"
WORLD = [{"CidrIp": "0.0.0.0/0"}]
began = time.monotonic()


def client(service):
    return boto3.client(service, "eu-central-1", endpoint_url=ENDPOINT, aws_access_key_id="AKIACHECK", aws_secret_access_key="secret",
                        config=Config(retries={"max_attempts": 0}, user_agent_appid="check"))


ec2, route53, ssm, sts = client("ec2"), client("route53"), client("ssm"), client("sts")


def say(text):
    print(f"{time.monotonic() - began:6.1f} s  {text}", flush=True)


def refused(code, call, **arguments):
    try:
        call(**arguments)
    except ClientError as e:
        assert e.response["Error"]["Code"] == code, f"{call.__name__}: {e}, wanted {code}"
    else:
        raise AssertionError(f"{call.__name__} {arguments}: accepted, wanted {code}")


def until(what, true, limit=90):
    end = time.monotonic() + limit
    while not true():
        assert time.monotonic() < end, f"{what}: not within {limit} s"
        time.sleep(0.1)


def order(page, wanted):
    urllib.request.urlopen(f"{ENDPOINT}/plus/{page}", json.dumps(wanted).encode()).read()


def fault(*wanted):
    order("faults", wanted)


def reset():
    urllib.request.urlopen(ENDPOINT + "/moto-api/reset", b"").read()
    until("nothing left", lambda: json.load(urllib.request.urlopen(ENDPOINT + "/plus/lab")) == [], 30)


def calls(since=0):
    return [json.loads(line) for line in urllib.request.urlopen(f"{ENDPOINT}/plus/calls.jsonl?since={since}")]


def rule(port):
    return [{"IpProtocol": "tcp", "FromPort": port, "ToPort": port, "IpRanges": WORLD}]


def instance(i):
    return ec2.describe_instances(InstanceIds=[i])["Reservations"][0]["Instances"][0]


def state(i):
    return instance(i)["State"]["Name"]


def answers(ip, port):
    return subprocess.run([IN, "curl", "-s", "-m", "2", "-o", "/dev/null", f"http://{ip}:{port}/"]).returncode == 0


def network():
    vpc = ec2.create_vpc(CidrBlock="10.20.0.0/16")["Vpc"]["VpcId"]
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.20.0.0/24")["Subnet"]["SubnetId"]
    gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    tables = {ec2.create_route_table(VpcId=vpc, ClientToken="table")["RouteTable"]["RouteTableId"] for _ in range(2)}
    assert len(tables) == 1, "client token of CreateRouteTable"
    table = tables.pop()
    ec2.associate_route_table(RouteTableId=table, SubnetId=subnet)
    group = ec2.create_security_group(GroupName="machine", Description="machine", VpcId=vpc)["GroupId"]
    ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=rule(22))
    say("VPC, subnet, gateway, route table, security group")
    return vpc, subnet, gateway, table, group


def machine(subnet, group, folder):
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "host", "-f", f"{folder}/host"], check=True)
    private, public = Path(folder, "host").read_text(), Path(folder, "host.pub").read_text().strip()
    indented = "".join(f"    {line}\n" for line in private.splitlines())
    data = f"#cloud-config\nssh_keys:\n  ed25519_private: |\n{indented}  ed25519_public: {public}\nruncmd: [[usermod, -aG, docker, ubuntu]]\n"
    ec2.import_key_pair(KeyName="check", PublicKeyMaterial=Path(KEY + ".pub").read_bytes())
    image = ssm.get_parameter(Name=PARAMETER)["Parameter"]["Value"]
    ask = dict(ImageId=image, InstanceType="t3.small", MinCount=1, MaxCount=1, KeyName="check", UserData=data, SubnetId=subnet,
               SecurityGroupIds=[group], ClientToken="machine")
    ids = {ec2.run_instances(**ask)["Instances"][0]["InstanceId"] for _ in range(2)}
    assert len(ids) == 1, "client token of RunInstances"
    refused("IdempotentParameterMismatch", ec2.run_instances, **{**ask, "InstanceType": "t3.large"})
    return ids.pop(), public


def resolved(name):
    """Its addresses, inside."""
    lines = subprocess.run([IN, "getent", "ahostsv4", name], capture_output=True, text=True).stdout.splitlines()
    return {line.split()[0] for line in lines}


def records():
    zone = route53.create_hosted_zone(Name="check.example", CallerReference="check")["HostedZone"]["Id"]

    def batch(*changes):
        return {"HostedZoneId": zone, "ChangeBatch": {"Changes": [
            {"Action": action, "ResourceRecordSet": {"Name": name, "Type": "A", "TTL": 60, "ResourceRecords": [{"Value": value}]}}
            for action, name, value in changes]}}

    route53.change_resource_record_sets(**batch(("CREATE", "a.check.example", "192.0.2.1")))
    refused("InvalidChangeBatch", route53.change_resource_record_sets,
            **batch(("CREATE", "b.check.example", "192.0.2.2"), ("CREATE", "a.check.example", "192.0.2.1")))
    refused("InvalidChangeBatch", route53.change_resource_record_sets, **batch(("DELETE", "a.check.example", "192.0.2.2")))
    names = [s["Name"] for s in route53.list_resource_record_sets(HostedZoneId=zone)["ResourceRecordSets"] if s["Type"] == "A"]
    assert names == ["a.check.example."], names
    until("the name", lambda: resolved("a.check.example") == {"192.0.2.1"}, 10)


def main(folder):
    assert sts.get_caller_identity()["Account"]
    vpc, subnet, gateway, table, group = network()
    i, public = machine(subnet, group, folder)
    address = ec2.allocate_address(Domain="vpc")
    ip, allocation = address["PublicIp"], address["AllocationId"]
    refused("InvalidInstanceID", ec2.associate_address, AllocationId=allocation, InstanceId=i)
    until("running", lambda: state(i) == "running")
    refused("Gateway.NotAttached", ec2.associate_address, AllocationId=allocation, InstanceId=i)
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    ec2.associate_address(AllocationId=allocation, InstanceId=i)
    Path(folder, "known").write_text(f"{ip} {public}\n")

    def ssh(command):
        return subprocess.run([IN, "ssh", "-i", KEY, "-o", f"UserKnownHostsFile={folder}/known", "-o", "StrictHostKeyChecking=yes", "-o", "ConnectTimeout=2",
                               f"ubuntu@{ip}", command], capture_output=True, text=True)

    until("ssh", lambda: ssh("true").returncode == 0)
    say("running; ssh by the Elastic IP, with the host key of the user data")
    ssh("cloud-init status --wait")
    pulled = ssh(f"echo {os.environ['BED_REGISTRY_PULL_PASSWORD']} | docker login -u {os.environ['BED_REGISTRY_PULL_USER']} --password-stdin "
                 f"{os.environ['BED_REGISTRY']} && docker pull -q {os.environ['BED_REGISTRY']}/shop/frontend:v1 && docker compose version")
    assert pulled.returncode == 0, pulled.stderr
    say("cloud-init done; image pulled from the registry")

    ssh("nohup sudo python3 -m http.server 5432 > /dev/null 2>&1 &")
    assert not answers(ip, 5432), "a closed port answers"
    ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=rule(5432))
    until("port open", lambda: answers(ip, 5432), 10)
    ec2.revoke_security_group_ingress(GroupId=group, IpPermissions=rule(5432))
    until("port closed", lambda: not answers(ip, 5432), 10)
    say("security group: closed, open, closed")

    for call, arguments in ((ec2.delete_security_group, {"GroupId": group}), (ec2.delete_subnet, {"SubnetId": subnet}), (ec2.delete_vpc, {"VpcId": vpc}),
                            (ec2.delete_internet_gateway, {"InternetGatewayId": gateway}), (ec2.delete_route_table, {"RouteTableId": table}),
                            (ec2.detach_internet_gateway, {"InternetGatewayId": gateway, "VpcId": vpc})):
        refused("DependencyViolation", call, **arguments)
    refused("InvalidIPAddress.InUse", ec2.release_address, AllocationId=allocation)
    refused("IncorrectInstanceState", ec2.modify_instance_attribute, InstanceId=i, InstanceType={"Value": "t3.large"})
    refused("InvalidVpcID.NotFound", ec2.describe_vpcs, VpcIds=["vpc-0123456789abcdef0"])
    records()
    say("refusals")

    for n in range(7):
        ec2.create_security_group(GroupName=f"page-{n}", Description="page", VpcId=vpc)
    pages = [len(p["SecurityGroups"]) for p in ec2.get_paginator("describe_security_groups").paginate(PaginationConfig={"PageSize": 5})]
    assert len(pages) > 1 and max(pages) == 5, pages
    vpcs = lambda: len(ec2.describe_vpcs()["Vpcs"])  # noqa: E731
    before, logged = vpcs(), len(calls())
    fault({"action": "CreateVpc", "code": "InternalError", "after": True})
    refused("InternalError", ec2.create_vpc, CidrBlock="10.21.0.0/16")
    assert vpcs() == before + 1, "took effect although the answer was lost"
    fault({"action": "CreateVpc", "drop": True})
    try:
        ec2.create_vpc(CidrBlock="10.22.0.0/16")
        raise AssertionError("not dropped")
    except ConnectionClosedError:
        pass
    fault({"action": "DescribeVpcs", "empty": True})
    assert vpcs() == 0 and vpcs() == before + 1, "empty once"
    fault({"action": "Describe.*", "code": "RequestLimitExceeded", "skip": 1, "times": 1})
    vpcs()
    refused("RequestLimitExceeded", ec2.describe_vpcs)
    made = [c for c in calls(logged) if c["mutating"]]
    assert [(c["action"], c["status"], c["caller"]) for c in made] == [("CreateVpc", 500, "AKIACHECK/check"), ("CreateVpc", 0, "AKIACHECK/check")], made
    say("paging, faults, log of calls")

    ec2.stop_instances(InstanceIds=[i])
    until("stopped", lambda: state(i) == "stopped")
    ec2.modify_instance_attribute(InstanceId=i, InstanceType={"Value": "t3.large"})
    ec2.start_instances(InstanceIds=[i])
    until("running again", lambda: state(i) == "running" and ssh("true").returncode == 0)
    ec2.terminate_instances(InstanceIds=[i])
    until("terminated", lambda: state(i) == "terminated")
    say("stopped, started, terminated")
    ec2.release_address(AllocationId=allocation)
    ec2.detach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    ec2.delete_internet_gateway(InternetGatewayId=gateway)
    ec2.delete_subnet(SubnetId=subnet)
    ec2.delete_route_table(RouteTableId=table)
    for g in ec2.describe_security_groups(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["SecurityGroups"]:
        if g["GroupName"] != "default":
            ec2.delete_security_group(GroupId=g["GroupId"])
    ec2.delete_vpc(VpcId=vpc)
    reset()
    say("all deleted; reset")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        main(scratch)
