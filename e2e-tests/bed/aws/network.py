"""Security groups and public addresses, by iptables in the bed's network; names, by dnsmasq; private addresses and public ones that are free."""
import itertools
import os
import signal
import subprocess
import threading
from pathlib import Path

import memory
import route53
from ec2 import wrap
from engine import RUN, run
from moto.ec2.models import ec2_backends, elastic_ip_addresses, elastic_network_interfaces, instances
from moto.ec2.utils import generate_dns_from_ip

LAB_IP, METADATA_IP, PUBLIC_NET = "10.77.0.1", "169.254.169.254", "10.77.2.0/24"
CHAINS = ("mangle", "POSTROUTING", "SG-IN"), ("mangle", "PREROUTING", "SG-OUT"), ("nat", "PREROUTING", "EIP"), ("nat", "OUTPUT", "EIP")

lock = threading.RLock()
applied = {"rules": "", "public": {}, "names": ""}
# in turn, so that one that came back is not soon used again
private = itertools.cycle(f"10.77.1.{n}" for n in range(64, 251))
public = itertools.cycle(f"10.77.2.{n}" for n in range(1, 255))


def address(key):
    with lock:
        known = memory.of(key)
        if known.address is None:
            taken = {k.address for k in list(memory.parts.values())}
            known.address = next(ip for ip in private if ip not in taken)
        return known.address


def public_address():
    with lock:
        backends = [b for regions in list(ec2_backends.values()) for b in list(regions.values())]
        used = {x.public_ip for b in backends for x in [*b.enis.values(), *b.addresses]}
        return next(ip for ip in public if ip not in used)


elastic_ip_addresses.random_ip = elastic_network_interfaces.random_public_ip = public_address


@wrap(instances.Instance, "prep_nics")
def _(old, self, nic_spec, **kwargs):
    old(self, nic_spec, **kwargs)
    nic, first = self.nics[0], self.nics[0].private_ip_addresses[0]
    nic.private_ip_address = first["PrivateIpAddress"] = address(self.id)
    if "PrivateDnsName" in first:
        nic.private_dns_name = first["PrivateDnsName"] = generate_dns_from_ip(nic.private_ip_address)


def up():
    bridged = Path("/proc/sys/net/bridge/bridge-nf-call-iptables")  # so that rules also hold between two machines on one bridge
    if not bridged.exists():
        run("modprobe", "br_netfilter")
    bridged.write_text("1")
    run("ip", "route", "replace", PUBLIC_NET, "dev", "br0", "src", LAB_IP)
    for table, hook, chain in *CHAINS, ("filter", "DOCKER-USER", "FROM-BR0"):
        subprocess.run(["iptables", "-t", table, "-N", chain], capture_output=True)
        if subprocess.run(["iptables", "-t", table, "-C", hook, "-j", chain], capture_output=True).returncode:
            run("iptables", "-t", table, "-I", hook, "-j", chain)
    run("iptables-restore", "--noflush", text="*filter\n:FROM-BR0 - [0:0]\n-A FROM-BR0 -o br-ec2 -j ACCEPT\nCOMMIT\n")


def matches(rules, members, peer):
    """iptables matches of a group's rules; peer: -s (who may come in) or -d (where it may go)"""
    for r in rules:
        if r.ip_protocol in ("icmpv6", "58"):
            continue
        match = "" if r.ip_protocol == "-1" else f"-p {r.ip_protocol}"
        if r.ip_protocol in ("tcp", "udp", "icmp") and r.from_port is not None and int(r.from_port) >= 0:
            match += f" --icmp-type {r.from_port}" if r.ip_protocol == "icmp" else f" --dport {r.from_port}:{r.to_port}"
        for who in [r.cidr_ipv4] if r.cidr_ipv4 else members.get((r.source_group or {}).get("GroupId"), []):
            yield f"{match} {peer} {who}"


def apply(parts):
    apply_rules(parts)
    apply_names(parts)


def apply_rules(parts):
    members, publics = {}, {p.public: p.ip for p in parts if p.public}
    for p in parts:
        for g in p.groups:
            members.setdefault(g.id, []).append(p.ip)
    lines = ["*mangle", ":SG-IN - [0:0]", ":SG-OUT - [0:0]"]
    for p in parts:
        if p.known.cut:
            lines += [f"-A SG-IN -d {p.ip} -j DROP", f"-A SG-IN -s {p.ip} -j DROP", f"-A SG-OUT -s {p.ip} -j DROP"]
    lines += [f"-A {chain} -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT" for chain in ("SG-IN", "SG-OUT")]
    lines += [f"-A SG-OUT -d {LAB_IP} -p udp --dport 53 -j ACCEPT"]  # as on AWS, groups do not bind the resolver,
    lines += [f"-A SG-OUT -d {METADATA_IP} -j ACCEPT"]  # nor the metadata service
    for p in parts:
        lines += [f"-A SG-IN -d {p.ip} {x} -j ACCEPT" for g in p.groups for x in matches(g.ingress_rules, members, "-s")]
        lines += [f"-A SG-OUT -s {p.ip} {x} -j ACCEPT" for g in p.groups for x in matches(g.egress_rules, members, "-d")]
        lines += [f"-A SG-IN -d {p.ip} -j DROP", f"-A SG-OUT -s {p.ip} -j DROP"]
    lines += [f"-A SG-IN -d {PUBLIC_NET} -j DROP", "COMMIT"]  # an address that nothing has: silence
    lines += ["*nat", ":EIP - [0:0]", *(f"-A EIP -d {a} -j DNAT --to {b}" for a, b in sorted(publics.items())), "COMMIT", ""]
    rules = "\n".join(lines)
    if rules == applied["rules"]:
        return
    run("iptables-restore", "--noflush", text=rules)
    for ip, _ in publics.items() ^ applied["public"].items():
        subprocess.run(["conntrack", "-D", "-d", ip], capture_output=True)  # what still goes to the old machine
    applied.update(rules=rules, public=publics)


def apply_names(parts):
    known = {(p.ip, name) for p in parts for name in p.names} | set(route53.addresses())
    names = "".join(f"{ip} {name}\n" for ip, name in sorted(known))
    if names == applied["names"]:
        return
    (RUN / "names").write_text(names)
    os.kill(int((RUN / "dns.pid").read_text()), signal.SIGHUP)
    applied["names"] = names
