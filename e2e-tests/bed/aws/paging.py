"""MaxResults and NextToken for the EC2 lists that the emulator answers whole."""
import base64
import xml.etree.ElementTree as ElementTree

import faults

LISTS = {"DescribeVpcs": ("vpcSet", 5), "DescribeSubnets": ("subnetSet", 5), "DescribeRouteTables": ("routeTableSet", 5),
         "DescribeInternetGateways": ("internetGatewaySet", 5), "DescribeSecurityGroups": ("securityGroupInfo", 5),
         "DescribeSecurityGroupRules": ("securityGroupRuleSet", 5), "DescribeTags": ("tagSet", 5), "DescribeVolumes": ("volumeSet", 5),
         "DescribeNetworkInterfaces": ("networkInterfaceSet", 5)}


def page(call, answer):
    if call.service != "ec2" or call.action not in LISTS or not answer[0].startswith("200"):
        return answer
    size, token = call.form.get("MaxResults"), call.form.get("NextToken")
    if not size and not token:
        return answer
    name, least = LISTS[call.action]
    if size and int(size) < least:
        return faults.error({"code": "InvalidMaxResults"}, call)
    root = ElementTree.fromstring(answer[2])
    space = root.tag.rpartition("}")[0].lstrip("{")
    ElementTree.register_namespace("", space)
    found = root.find("{*}" + name)
    if found is None:
        return answer
    start = int(base64.b64decode(token)) if token else 0
    end = start + int(size or 1000)
    more, found[:] = len(found) > end, found[start:end]
    for old in root.findall("{*}nextToken"):
        root.remove(old)
    if more:
        ElementTree.SubElement(root, f"{{{space}}}nextToken").text = base64.b64encode(str(end).encode()).decode()
    return answer[0], answer[1], ElementTree.tostring(root)
