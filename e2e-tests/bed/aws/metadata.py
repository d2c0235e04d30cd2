"""The machines' metadata service (IMDS): who a machine is, and the keys of its role. Who asks is known by the address; what answers a request for a token
travels as many hops as the instance's options allow, so that from a container it arrives only with two."""
import base64
import datetime
import json
import secrets
import socket

from moto.core.utils import utcnow
from moto.ec2.models import ec2_backends
from moto.sts.models import sts_backends

import ec2

TOKEN, TTL = "HTTP_X_AWS_EC2_METADATA_TOKEN", "HTTP_X_AWS_EC2_METADATA_TOKEN_TTL_SECONDS"
FAR = 64  # hops
VALID = datetime.timedelta(hours=6)
DATE = "%Y-%m-%dT%H:%M:%SZ"


def asking(address):
    instances = (i for regions in list(ec2_backends.values()) for b in list(regions.values()) for i in ec2.living(b))
    return next((i for i in instances if i.private_ip == address), None)


def role_of(instance):
    association = instance.ec2_backend.iam_instance_profile_associations.get(instance.id)
    return association.iam_instance_profile.roles[0] if association and association.iam_instance_profile.roles else None


class Metadata:
    """A WSGI application."""

    def __init__(self):
        self.tokens = {}  # the instance's id by token
        self.sessions = {}  # by the ids of instance and role

    def __call__(self, environ, start_response):
        instance, path = asking(environ["REMOTE_ADDR"]), environ["PATH_INFO"].strip("/")
        asks_token = (environ["REQUEST_METHOD"], path) == ("PUT", "latest/api/token")
        if instance is None:
            status, text = 404, ""
        elif asks_token:
            status, text = self.token(instance) if TTL in environ else (400, "")
        elif self.tokens.get(environ.get(TOKEN)) != instance.id and (TOKEN in environ or instance.metadata_options.http_tokens == "required"):
            status, text = 401, ""
        else:
            text = self.fact(instance, path)
            status = 404 if text is None else 200
        hops = instance.metadata_options.http_put_response_hop_limit if instance and asks_token else FAR
        environ["werkzeug.socket"].setsockopt(socket.IPPROTO_IP, socket.IP_TTL, hops)
        body = text if isinstance(text, bytes) else (text or "").encode()
        start_response(f"{status} -", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
        return [body]

    def token(self, instance):
        token = secrets.token_urlsafe(40)
        self.tokens[token] = instance.id
        return 200, token

    def fact(self, i, path):
        role, about = role_of(i), path.removeprefix("latest/meta-data/")
        if path == "latest/user-data":
            return base64.b64decode(str(i.user_data or "")) or None
        if path == "latest/dynamic/instance-identity/document":
            return json.dumps({"accountId": i.ec2_backend.account_id, "architecture": i.architecture, "availabilityZone": i.placement.zone,
                               "imageId": i.image_id, "instanceId": i.id, "instanceType": i.instance_type, "privateIp": i.private_ip,
                               "region": i.region_name, "version": "2017-09-30"})
        if role and about == f"iam/security-credentials/{role.name}":
            return json.dumps(self.credentials(i, role))
        return {"ami-id": i.image_id, "instance-id": i.id, "instance-type": i.instance_type, "local-ipv4": i.private_ip, "public-ipv4": i.public_ip,
                "placement/availability-zone": i.placement.zone, "placement/region": i.region_name,
                "iam/security-credentials": role and role.name}.get(about)

    def credentials(self, instance, role):
        session = self.sessions.get((instance.id, role.id))
        if session is None or session.expiration - utcnow() < VALID / 12:
            session = sts_backends[role.account_id][role.partition].assume_role(
                instance.region_name, role_session_name=instance.id, role_arn=role.arn, policy=None, duration=VALID.total_seconds(), external_id=None)
            self.sessions[instance.id, role.id] = session
        return {"Code": "Success", "Type": "AWS-HMAC", "LastUpdated": utcnow().strftime(DATE), "AccessKeyId": session.access_key_id,
                "SecretAccessKey": session.secret_access_key, "Token": session.session_token, "Expiration": session.expiration.strftime(DATE)}
