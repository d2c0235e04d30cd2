"""Can a machine be an HTTPS edge? It gets certificates by ACME for names that lead to it, once its security group lets the server in. Takes everything
down again. In a bed that is up:

    set -a; . DIR/env; $BED_PYTHON aws/check_edge.py
"""
import base64
import json
import os
import subprocess
from pathlib import Path

from check import IN, PARAMETER, client, ec2, reset, resolved, route53, rule, say, ssm, state, until
from check_data import docker

OWN = "shop.edge.example"
RESOLVER = "--certificatesResolvers.acme.acme."


def count(event):
    """How often the ACME server has noted it."""
    return Path(os.environ["BED_ACME_LOG"]).read_text().count(event)


def orders():
    return count("Added order")


def certificates():
    return count("Issued certificate serial")


def edge(*names):
    """User data: Traefik says that it is well, by HTTPS, to who asks for one of the names."""
    routers = {f"router-{n}": {"rule": f"Host(`{name}`)", "entryPoints": ["websecure"], "service": "ping@internal", "tls": {"certResolver": "acme"}}
               for n, name in enumerate(names)}
    flags = ["--entryPoints.web.address=:80", "--entryPoints.websecure.address=:443", "--ping.manualRouting=true", "--providers.file.filename=/edge/routes.yml",
             f"{RESOLVER}caServer={os.environ['BED_ACME_DIRECTORY']}", f"{RESOLVER}caCertificates=/edge/ca.crt", f"{RESOLVER}email=ops@edge.example",
             f"{RESOLVER}storage=/edge/acme.json", f"{RESOLVER}httpChallenge.entryPoint=web"]
    return "#cloud-config\n" + json.dumps({
        "write_files": [
            {"path": "/edge/ca.crt", "encoding": "b64", "content": base64.b64encode(Path(os.environ["BED_CA"]).read_bytes()).decode()},
            {"path": "/edge/routes.yml", "content": json.dumps({"http": {"routers": routers}})}],
        "runcmd": [["docker", "run", "-d", "--name", "edge", "-p", "80:80", "-p", "443:443", "-v", "/edge:/edge", os.environ["BED_EDGE_IMAGE"], *flags]]})


def machine(group, user_data):
    image = ssm.get_parameter(Name=PARAMETER)["Parameter"]["Value"]
    i = ec2.run_instances(ImageId=image, InstanceType="t3.small", MinCount=1, MaxCount=1, UserData=user_data, SecurityGroupIds=[group])["Instances"][0]
    until("running", lambda: state(i["InstanceId"]) == "running")
    return i["InstanceId"]


def own_name(ip):
    zone = route53.create_hosted_zone(Name="edge.example", CallerReference="edge")["HostedZone"]["Id"]
    record = {"Name": OWN, "Type": "A", "TTL": 60, "ResourceRecords": [{"Value": ip}]}
    route53.change_resource_record_sets(HostedZoneId=zone, ChangeBatch={"Changes": [{"Action": "CREATE", "ResourceRecordSet": record}]})


def fetched(name):
    """Answer and HTTP version, from who trusts the ACME server's certificates only."""
    done = subprocess.run([IN, "curl", "-sS", "-m", "5", "--cacert", os.environ["BED_ACME_ROOT"], "-w", " %{http_version}", f"https://{name}/"],
                          capture_output=True, text=True)
    return done.stdout.strip() if done.returncode == 0 else done.stderr.strip()


def main():
    asked, issued = orders(), certificates()
    group = ec2.create_security_group(GroupName="edge", Description="edge")["GroupId"]
    ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=rule(443))
    address = ec2.allocate_address(Domain="vpc")
    ip = address["PublicIp"]
    by_address = f"{ip.replace('.', '-')}.{os.environ['BED_ADDRESS_DOMAIN']}"
    own_name(ip)
    i = machine(group, edge(by_address, OWN))
    ec2.associate_address(AllocationId=address["AllocationId"], InstanceId=i)
    for name in by_address, OWN, f"blog.{by_address}":
        until(f"the name {name}", lambda: resolved(name) == {ip}, 10)  # noqa: B023 - is asked at once
    say("names lead to the machine")

    def log():
        said = docker("exec", i, "docker", "logs", "edge")
        return said.stdout + said.stderr

    until("both orders", lambda: log().count("Unable to obtain ACME certificate") == 2)
    assert (orders() - asked, certificates() - issued) == (2, 0), log()
    assert "certificate" in fetched(by_address), fetched(by_address)
    say("image pulled by a machine without credentials; no certificate as long as port 80 is closed")

    ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=rule(80))
    docker("exec", i, "docker", "restart", "edge")
    for name in by_address, OWN:
        until(f"https://{name}/", lambda: fetched(name) == "OK 2", 30)  # noqa: B023 - is asked at once
    assert (orders() - asked, certificates() - issued) == (4, 2), log()
    docker("exec", i, "docker", "restart", "edge")
    until("the edge again", lambda: fetched(OWN) == "OK 2", 30)
    assert certificates() - issued == 2, log()
    say("certificates for both names; HTTP/2; kept by a restart")
    reset()
    assert not resolved(OWN), resolved(OWN)
    say("reset")


if __name__ == "__main__":
    main()
