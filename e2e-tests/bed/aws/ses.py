"""SES as AWS has it, where moto differs: it gives DKIM tokens and verifies when it is told to (nobody sets DNS records here); tags by ARN, refusals, the
state of the account; of IAM's users, what keeps them from being deleted and what bounds them. Leans on the inside of moto 5.2.5.

    GET, POST /plus/ses       the identities, and whether the account is in the sandbox; {"verify": identity}, {"sandbox": false}
"""
import hashlib
import json

from moto.core.exceptions import JsonRESTError
from moto.core.responses import EmptyResult
from moto.iam.exceptions import DeleteConflictException
from moto.iam.models import IAMBackend, User
from moto.iam.responses import IamResponse
from moto.ses.exceptions import NotFoundException
from moto.ses.models import EmailIdentity, ses_backends
from moto.sesv2 import urls
from moto.sesv2.models import SESV2Backend
from moto.sesv2.responses import SESV2Response

from ec2 import wrap

outside = set()  # of accounts and regions that AWS has let out of the sandbox


# ---- SES
class AlreadyExists(JsonRESTError):
    code = 400

    def __init__(self, name):
        super().__init__("AlreadyExistsException", f"Email identity {name} already exist.")


@wrap(EmailIdentity, "__init__")
def _(old, self, *args, **kwargs):
    old(self, *args, **kwargs)
    domain = self.identity_type == "DOMAIN"
    self.tags = self.tags or []
    self.verification_status = "PENDING"
    self.dkim_attributes["SigningEnabled"] = domain
    if domain:
        self.dkim_attributes["Status"] = "PENDING"
        self.dkim_attributes["Tokens"] = [hashlib.sha256(f"{self.email_identity} {n}".encode()).hexdigest()[:32] for n in range(3)]


@wrap(SESV2Backend, "create_email_identity")
def _(old, self, email_identity, **more):
    if email_identity in self.core_backend.email_identities:
        raise AlreadyExists(email_identity)
    return old(self, email_identity=email_identity, **more)


@wrap(SESV2Backend, "delete_email_identity")
def _(old, self, email_identity):
    self.get_email_identity(email_identity)
    del self.core_backend.email_identities[email_identity]


def tagged(self, arn):
    """The identity with this ARN; other things have theirs in the old way."""
    kind, _, name = arn.split(":", 5)[5].partition("/")
    return self.get_email_identity(name) if kind == "identity" else None


@wrap(SESV2Backend, "tag_resource")
def _(old, self, arn, tags):
    identity = tagged(self, arn)
    if identity is None:
        return old(self, arn, tags)
    identity.tags = [t for t in identity.tags if t["Key"] not in tags] + [{"Key": k, "Value": v or ""} for k, v in tags.items()]


@wrap(SESV2Backend, "untag_resource")
def _(old, self, arn, keys):
    identity = tagged(self, arn)
    if identity is None:
        return old(self, arn, keys)
    identity.tags = [t for t in identity.tags if t["Key"] not in keys]


def put_email_identity_dkim_attributes(self):
    identity = self.sesv2_backend.get_email_identity(self._get_param("EmailIdentity"))
    identity.dkim_attributes["SigningEnabled"] = bool(self._get_param("SigningEnabled"))
    return json.dumps({})


def get_account(self):
    out = (self.current_account, self.region) in outside
    return json.dumps({"DedicatedIpAutoWarmupEnabled": False, "EnforcementStatus": "HEALTHY", "ProductionAccessEnabled": out, "SendingEnabled": True,
                       "SendQuota": {"Max24HourSend": 50000.0 if out else 200.0, "MaxSendRate": 14.0 if out else 1.0, "SentLast24Hours": 0.0}})


SESV2Response.put_email_identity_dkim_attributes = put_email_identity_dkim_attributes
SESV2Response.get_account = get_account


for more in "account", "identities/(?P<EmailIdentity>[^/]+)/dkim":
    urls.url_paths["{0}/v2/email/" + more + "$"] = SESV2Response.dispatch


@wrap(SESV2Response, "_get_action_from_method_and_request_uri")
def _(old, self, request):
    """Newer models have the list under another address; SDKs of before do not."""
    if request.method == "GET" and request.path.endswith("/v2/email/identities"):
        self.uri_match = {}
        return "ListEmailIdentities"
    return old(self, request)


@wrap(SESV2Backend, "list_email_identities")
def _(old, self, next_token=None, page_size=None):
    return old(self, next_token=next_token, page_size=int(page_size) if page_size else None)


def identities():
    return [(account, region, i) for account, regions in list(ses_backends.items()) for region, b in list(regions.items())
            for i in list(b.email_identities.values())]


def show():
    return {"identities": [{"name": i.email_identity, "account": account, "region": region, "verified": i.verified_for_sending_status}
                           for account, region, i in identities()],
            "outside": sorted(map(list, outside))}


def order(verify=None, sandbox=None):
    """What AWS does by itself or by a person's hand."""
    found = [i for _, _, i in identities() if i.email_identity == verify]
    if verify is not None and not found:
        raise LookupError(f"no identity {verify}")
    for identity in found:
        identity.verified_for_sending_status, identity.verification_status = True, "SUCCESS"
        if "Tokens" in identity.dkim_attributes:
            identity.dkim_attributes["Status"] = "SUCCESS"
    if sandbox is not None:
        outside.clear()
        if not sandbox:
            outside.update((account, region) for account, regions in list(ses_backends.items()) for region in list(regions))


# ---- IAM's users
@wrap(IAMBackend, "delete_user")
def _(old, self, user_name):
    user = self.get_user(user_name)
    for what, there in {"access keys": user.access_keys, "login profile": user.password}.items():
        if there:
            raise DeleteConflictException(f"Cannot delete entity, must delete {what} first.")
    if self.get_groups_for_user(user_name):
        raise DeleteConflictException("Cannot delete entity, must remove users from group first.")
    return old(self, user_name)


def boundary(self):
    arn = self.__dict__.get("permissions_boundary_arn")
    return {"PermissionsBoundaryType": "PermissionsBoundaryPolicy", "PermissionsBoundaryArn": arn} if arn else None


User.permissions_boundary = property(boundary)


@wrap(IamResponse, "create_user")
def _(old, self):
    answer = old(self)
    self.backend.get_user(self._get_param("UserName")).permissions_boundary_arn = self._get_param("PermissionsBoundary")
    return answer


def put_user_permissions_boundary(self):
    self.backend.get_user(self._get_param("UserName")).permissions_boundary_arn = self._get_param("PermissionsBoundary")
    return EmptyResult()


def delete_user_permissions_boundary(self):
    self.backend.get_user(self._get_param("UserName")).permissions_boundary_arn = None
    return EmptyResult()


IamResponse.put_user_permissions_boundary = put_user_permissions_boundary
IamResponse.delete_user_permissions_boundary = delete_user_permissions_boundary
