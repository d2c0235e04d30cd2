"""S3 as AWS has it, where moto differs: a bucket has its tags from the call that creates it."""
import xmltodict
from moto.iam.access_control import PermissionResult
from moto.s3.models import FakeBucket
from moto.s3.responses import S3Response

from ec2 import wrap

FakeBucket.get_permission = lambda *_: PermissionResult.NEUTRAL  # iam.py knows conditions too


def tags(body):
    """Those in a CreateBucketConfiguration; one alone is no list in XML."""
    found = ((xmltodict.parse(body).get("CreateBucketConfiguration") or {}).get("Tags") or {}).get("Tag", []) if body else []
    return {tag["Key"]: tag["Value"] or "" for tag in (found if isinstance(found, list) else [found])}


@wrap(S3Response, "_bucket_response_put")
def _(old, self, request, bucket_name, querystring):
    answer = old(self, request, bucket_name, querystring)
    wanted = {} if querystring else tags(self.body)
    if wanted:
        self.backend.put_bucket_tagging(bucket_name, wanted)
    return answer
