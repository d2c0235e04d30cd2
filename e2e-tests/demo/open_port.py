"""open_port.py open|closed: opens port 5432 of the demo environment's machine to the world; or says, by its exit code, whether it is closed."""
import os
import sys

import boto3

PORT = 5432
ec2 = boto3.client("ec2", region_name=os.environ["AWS_REGION"])
url = os.environ["DEMO_URL"].split("//")[1].split("/")[0].split(":")[0]
address = ec2.describe_addresses(PublicIps=[url])["Addresses"][0]
machine = ec2.describe_instances(InstanceIds=[address["InstanceId"]])["Reservations"][0]["Instances"][0]
groups = [g["GroupId"] for g in machine["SecurityGroups"]]
if sys.argv[1] == "open":
    ec2.authorize_security_group_ingress(
        GroupId=groups[0], IpPermissions=[{"IpProtocol": "tcp", "FromPort": PORT, "ToPort": PORT, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}])
else:
    rules = [r for g in ec2.describe_security_groups(GroupIds=groups)["SecurityGroups"] for r in g["IpPermissions"]]
    sys.exit(any(r.get("FromPort", 0) <= PORT <= r.get("ToPort", 65535) for r in rules))
