"""Who may do what. A test gives a caller policies (POST /plus/iam {"key": access key, "policies": [...]}; without policies the caller may do everything again).

moto's own check (/moto-api/reset-auth) knows neither Resource nor Condition, and takes many of S3's calls for others. Looked at here: the action of each
call, those that AWS asks for besides to put on tags and to pass a role, aws:RequestTag, aws:ResourceTag of EC2's resources, and ec2:CreateAction.
Not looked at, and taken for fulfilled: Resource, and all other conditions.
"""
import fnmatch
import re
import urllib.parse

from moto.core import DEFAULT_ACCOUNT_ID
from moto.ec2.models import ec2_backends

PREFIX = {"tagging": "tag", "email": "ses"}
TAGS = {"ec2": "CreateTags", "rds": "AddTagsToResource", "elasticache": "AddTagsToResource"}
MAKES = re.compile(r"(Create(?!Tags)|Run|Allocate|Import|Restore)")
PASSES_ROLE = {"AddRoleToInstanceProfile", "AssociateIamInstanceProfile", "ReplaceIamInstanceProfileAssociation"}
TAG_KEY = re.compile(r"(.*\bTags?\.(?:\w+\.)?\d+)\.Key")
RESOURCE_ID = re.compile(r"(?!\w*assoc-)[a-z]+-[0-9a-f]{8,}")
S3 = {
    "cors": "BucketCORS", "encryption": "EncryptionConfiguration", "lifecycle": "LifecycleConfiguration", "ownershipControls": "BucketOwnershipControls",
    "policy": "BucketPolicy", "publicAccessBlock": "BucketPublicAccessBlock", "tagging": "BucketTagging", "versioning": "BucketVersioning"}


class Iam:
    def __init__(self):
        self.policies = {}

    def give(self, key, policies=None):
        self.policies = {k: v for k, v in self.policies.items() if k != key} | ({key: policies} if policies else {})

    def denied(self, call):
        """The action that the caller may not do, or None."""
        policies = self.policies.get(call.key)
        if policies is None:
            return None
        statements = [s for p in policies for s in p["Statement"]]
        return next((a for a in actions(call) if not any(allows(s, a, call) for s in statements)), None)


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


def of_s3(call):
    method, path = call.action.split(" ", 1)
    query = urllib.parse.parse_qs(call.query, keep_blank_values=True)
    bucket, _, key = path.strip("/").partition("/")
    verb = "Get" if method == "GET" else "Put"
    about = next((name for part, name in S3.items() if part in query), None)
    if key:
        return ["AbortMultipartUpload"] if "uploadId" in query else [f"{method.title()}Object"]
    if about:
        return ["DeleteBucketPolicy" if (method, about) == ("DELETE", "BucketPolicy") else verb + about]
    if "delete" in query:
        return ["DeleteObject", "DeleteObjectVersion"]
    if method == "GET":
        lists = {"versions": "ListBucketVersions", "uploads": "ListBucketMultipartUploads"}
        return [next((name for part, name in lists.items() if part in query), "ListBucket" if bucket else "ListAllMyBuckets")]
    return {"PUT": ["CreateBucket"] + ["TagResource"] * (b"<Tag>" in call.body), "DELETE": ["DeleteBucket"], "HEAD": ["ListBucket"]}[method]


def request_tags(call):
    return {value: call.form.get(match[1] + ".Value", "") for name, value in call.form.items() if (match := TAG_KEY.fullmatch(name))}


def allows(statement, action, call):
    return action in listed(statement["Action"]) and all(
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
    return None


def error(action, call):
    """AWS's answer as faults.error takes it: EC2 encodes what is missing, S3 says nothing of it."""
    if call.service == "ec2":
        return {"code": "UnauthorizedOperation",
                "message": "You are not authorized to perform this operation. Encoded authorization failure message: " + action[::-1]}
    said = "Access Denied" if call.service == "s3" else f"User: arn:aws:iam::{DEFAULT_ACCOUNT_ID}:user/appenv is not authorized to perform: {action}"
    return {"code": "AccessDenied", "status": 403, "message": said}
