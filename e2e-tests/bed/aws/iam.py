"""Who may do what. A role's or a user's key may do what its policies allow and no bucket's policy denies. Any other key may do everything, unless a test
gives its caller policies (POST /plus/iam {"key": access key, "policies": [...]}; without policies the caller may do everything again).

moto's own check (/moto-api/reset-auth) knows neither Resource nor Condition, and takes many of S3's calls for others. Looked at here: the action of each
call, those that AWS asks for besides to put on tags and to pass a role, Resource of S3 and of mail, aws:RequestTag, aws:ResourceTag of EC2's resources,
ec2:CreateAction, ses:FromAddress and aws:SecureTransport. Not looked at, and taken for fulfilled: Resource and conditions of all else, and boundaries.
"""
import fnmatch
import json
import re
import urllib.parse

from moto.core import DEFAULT_ACCOUNT_ID
from moto.ec2.models import ec2_backends
from moto.iam.exceptions import NotFoundException
from moto.iam.models import iam_backends
from moto.s3.models import s3_backends

PREFIX = {"tagging": "tag", "email": "ses"}
TAGS = {"ec2": "CreateTags", "rds": "AddTagsToResource", "elasticache": "AddTagsToResource"}
MAKES = re.compile(r"(Create(?!Tags)|Run|Allocate|Import|Restore)")
PASSES_ROLE = {"AddRoleToInstanceProfile", "AssociateIamInstanceProfile", "ReplaceIamInstanceProfileAssociation"}
TAG_KEY = re.compile(r"(.*\bTags?\.(?:\w+\.)?\d+)\.Key")
RESOURCE_ID = re.compile(r"(?!\w*assoc-)[a-z]+-[0-9a-f]{8,}")
S3 = {
    "cors": "BucketCORS", "encryption": "EncryptionConfiguration", "lifecycle": "LifecycleConfiguration", "ownershipControls": "BucketOwnershipControls",
    "policy": "BucketPolicy", "publicAccessBlock": "BucketPublicAccessBlock", "tagging": "BucketTagging", "versioning": "BucketVersioning"}
OBJECT = {"HEAD": "GetObject", "GET": "GetObject", "PUT": "PutObject", "POST": "PutObject", "DELETE": "DeleteObject"}


class Iam:
    def __init__(self):
        self.policies = {}

    def give(self, key, policies=None):
        self.policies = {k: v for k, v in self.policies.items() if k != key} | ({key: policies} if policies else {})

    def denied(self, call):
        """The action that the caller may not do, or None."""
        given = self.policies.get(call.key)
        policies = policies_of(call.key) if given is None else given
        if policies is None:
            return "s3" if (call.service, call.key) == ("s3", "-") else None  # no bucket here is for everybody
        statements = [s for p in policies for s in listed(p["Statement"])] + (denials(call) if given is None else [])
        return next((a for a in actions(call) if not allowed(statements, a, call)), None)


def policies_of(key):
    """Those of the role or user that the access key belongs to; None for a key that AWS did not give out."""
    for backend in [b for _, partitions in list(iam_backends.items()) for _, b in list(partitions.items())]:
        found = backend.access_keys.get(key)
        if found:
            try:
                owner = backend.get_user(found.user_name) if found.user_name else backend.get_role_by_arn(found.role_arn)
            except NotFoundException:
                return []
            attached = [v.document for p in owner.managed_policies.values() for v in p.versions if v.is_default]
            return [json.loads(document) for document in [*owner.policies.values(), *attached]]
    return None


def denials(call):
    """What the policy of the bucket that is asked for keeps everybody from."""
    bucket = s3_backends[DEFAULT_ACCOUNT_ID]["aws"].buckets.get(place(call)[0]) if call.service == "s3" else None
    statements = listed(json.loads(bucket.policy)["Statement"]) if bucket and bucket.policy else []
    return [s for s in statements if s["Effect"] == "Deny"]


def actions(call):
    if (call.service, call.action) == ("sts", "GetCallerIdentity"):
        return []
    if call.service == "s3":
        return [f"s3:{name}" for name in of_s3(call)]
    needed = [f"{PREFIX.get(call.service, call.service)}:{call.action}"]
    if request_tags(call) and MAKES.match(call.action):
        kind = call.action.removeprefix("Create")
        needed.append(f"{call.service}:{TAGS.get(call.service, 'Tag' + kind)}")
    if call.action in PASSES_ROLE or any(name.startswith("IamInstanceProfile") for name in call.form):
        needed.append("iam:PassRole")
    return needed


def place(call):
    """Bucket and key of a call to S3."""
    bucket, _, key = call.action.split(" ", 1)[1].strip("/").partition("/")
    return bucket, key


def of_s3(call):
    method = call.action.split(" ", 1)[0]
    query = urllib.parse.parse_qs(call.query, keep_blank_values=True)
    bucket, key = place(call)
    verb = "Get" if method == "GET" else "Put"
    about = next((name for part, name in S3.items() if part in query), None)
    if key:
        return ["AbortMultipartUpload"] if method == "DELETE" and "uploadId" in query else [OBJECT[method]]
    if about:
        return ["DeleteBucketPolicy" if (method, about) == ("DELETE", "BucketPolicy") else verb + about]
    if "delete" in query:
        return ["DeleteObject", "DeleteObjectVersion"]
    if method == "GET":
        lists = {"versions": "ListBucketVersions", "uploads": "ListBucketMultipartUploads"}
        return [next((name for part, name in lists.items() if part in query), "ListBucket" if bucket else "ListAllMyBuckets")]
    return {"PUT": ["CreateBucket"] + ["TagResource"] * (b"<Tag>" in call.body), "DELETE": ["DeleteBucket"], "HEAD": ["ListBucket"]}[method]


def resource(action, call):
    """What the action is done to, as policies name it; None where that is not known here."""
    if call.service == "s3":
        bucket, key = place(call)
        return f"arn:aws:s3:::{bucket}/{key}" if key or "Object" in action else f"arn:aws:s3:::{bucket}" if bucket else "*"
    return call.form.get("identity") if action == "ses:SendRawEmail" else None


def request_tags(call):
    return {value: call.form.get(match[1] + ".Value", "") for name, value in call.form.items() if (match := TAG_KEY.fullmatch(name))}


def allowed(statements, action, call):
    """Something allows it and nothing denies it."""
    return {s["Effect"] for s in statements if is_about(s, action, call)} == {"Allow"}


def is_about(statement, action, call):
    what = resource(action, call)
    return fulfilled([action], listed(statement["Action"])) and fulfilled(what and [what], listed(statement["Resource"])) and all(
        fulfilled(values(key, action, call), listed(wanted)) for keys in statement.get("Condition", {}).values() for key, wanted in keys.items())


def listed(one_or_many):
    return one_or_many if isinstance(one_or_many, list) else [one_or_many]


def fulfilled(given, wanted):
    return given is None or any(fnmatch.fnmatchcase(value, pattern) for value in given for pattern in wanted)


def values(key, action, call):
    """What the request has for a condition's key; None where that is not known here."""
    kind, _, tag = key.partition("/")
    if kind == "aws:RequestTag":
        return [request_tags(call).get(tag, "")]
    if kind == "aws:ResourceTag" and call.service == "ec2":
        tags = ec2_backends[DEFAULT_ACCOUNT_ID][call.region].tags
        ids = [value for value in call.form.values() if RESOURCE_ID.fullmatch(value)]
        return [tags.get(i, {}).get(tag, "") for i in ids] if ids else None
    if key == "ec2:CreateAction":
        return [] if call.action == "CreateTags" else [call.action]
    if key == "aws:SecureTransport":
        return [str(call.secure).lower()]
    if key == "ses:FromAddress":
        return [call.form["from"]] if "from" in call.form else None
    return None


def error(action, call):
    """AWS's answer as faults.error takes it: EC2 encodes what is missing, S3 says nothing of it."""
    if call.service == "ec2":
        return {"code": "UnauthorizedOperation",
                "message": "You are not authorized to perform this operation. Encoded authorization failure message: " + action[::-1]}
    said = "Access Denied" if call.service == "s3" else f"User: arn:aws:iam::{DEFAULT_ACCOUNT_ID}:user/appenv is not authorized to perform: {action}"
    return {"code": "AccessDenied", "status": 403, "message": said}
