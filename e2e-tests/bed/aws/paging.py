"""MaxResults and NextToken for the EC2 lists that the emulator answers whole."""
import base64
import xml.etree.ElementTree as ElementTree

import faults

LISTS = {"DescribeVpcs": ("vpcSet", 5), "DescribeSubnets": ("subnetSet", 5), "DescribeRouteTables": ("routeTableSet", 5),
         "DescribeInternetGateways": ("internetGatewaySet", 5), "DescribeSecurityGroups": ("securityGroupInfo", 5),
         "DescribeSecurityGroupRules": ("securityGroupRuleSet", 5), "DescribeTags": ("tagSet", 5), "DescribeVolumes": ("volumeSet", 5),
         "DescribeNetworkInterfaces": ("networkInterfaceSet", 5)}
SPACE = "http://ec2.amazonaws.com/doc/2016-11-15/"


def page(call, answer):
    if call.service != "ec2" or call.action not in LISTS or not answer[0].startswith("200"):
        return answer
    size, token = call.form.get("MaxResults"), call.form.get("NextToken")
    if not size and not token:
        return answer
    name, least = LISTS[call.action]
    if size and int(size) < least:
        return faults.error({"code": "InvalidMaxResults"}, call)
    ElementTree.register_namespace("", SPACE)
    root = ElementTree.fromstring(answer[2])
    found = root.find(f"{{{SPACE}}}{name}")
    if found is None:
        return answer
    start = int(base64.b64decode(token)) if token else 0
    end = start + int(size or 1000)
    rest, kept = len(found) > end, list(found)[start:end]
    for item in list(found):
        found.remove(item)
    found.extend(kept)
    for old in root.findall(f"{{{SPACE}}}nextToken"):
        root.remove(old)
    if rest:
        ElementTree.SubElement(root, f"{{{SPACE}}}nextToken").text = base64.b64encode(str(end).encode()).decode()
    return answer[0], answer[1], ElementTree.tostring(root)
