"""Faults that a test asks for. POST /plus/faults takes a list and replaces the last one; [] ends them; GET shows what is left. One fault:

    {"service": "ec2", "action": "Create.*", "caller": ".*",   which calls: regular expressions for all of it; each may be left out
     "skip": 0, "times": 1,                                    let so many pass first; then hit so many (null: all)
     "delay": 0,                                               seconds to wait before anything else
     "after": false,                                           true: the call takes effect, and only its answer is lost or replaced
     "code": "RequestLimitExceeded", "status": 503,            answer with this error (the status is found by the code when left out), or
     "drop": true,                                             close the connection without an answer, or
     "empty": true}                                            answer that there is nothing (a read)
"""
import json
import re
import socket
import threading
import xml.etree.ElementTree as ElementTree

STATUS = {"RequestLimitExceeded": 503, "ServiceUnavailable": 503, "Unavailable": 503, "SlowDown": 503, "InternalError": 500, "InternalFailure": 500,
          "UnauthorizedOperation": 403, "AccessDenied": 403, "AccessDeniedException": 403, "TooManyRequestsException": 429}


class Faults:
    def __init__(self):
        self.wanted, self.lock = [], threading.Lock()

    def replace(self, wanted):
        for fault in wanted:
            unknown = fault.keys() - {"service", "action", "caller", "skip", "times", "delay", "after", "code", "status", "drop", "empty"}
            if unknown:
                raise ValueError(f"no such property of a fault: {', '.join(sorted(unknown))}")
        with self.lock:
            self.wanted = wanted

    def hit(self, call):
        """The fault that this call meets, or None."""
        with self.lock:
            for fault in self.wanted:
                fits = all(re.fullmatch(fault.get(name, ".*"), getattr(call, name)) for name in ("service", "action", "caller"))
                if not fits or fault.get("times", 1) == 0:
                    continue
                if fault.get("skip", 0) > 0:
                    fault["skip"] -= 1
                    continue
                if fault.get("times", 1) is not None:
                    fault["times"] = fault.get("times", 1) - 1
                return fault
        return None


def error(fault, call):
    """(status, headers, body) in the service's own form."""
    code, text = fault["code"], fault.get("message", "injected")
    status = fault.get("status") or STATUS.get(code, 400)
    if call.json:
        kind, body = "application/json", json.dumps({"__type": code, "message": text})
    elif call.service == "ec2":
        kind, body = "text/xml", f"<Response><Errors><Error><Code>{code}</Code><Message>{text}</Message></Error></Errors><RequestID>r</RequestID></Response>"
    elif call.service == "s3":
        kind, body = "text/xml", f"<Error><Code>{code}</Code><Message>{text}</Message></Error>"
    else:
        kind, body = "text/xml", f"<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>{text}</Message></Error><RequestId>r</RequestId></ErrorResponse>"
    return f"{status} {code}", [("Content-Type", kind), ("x-amzn-ErrorType", code)], body.encode()


def nothing(call, answer):
    """The answer to a read, without any of the things in it."""
    status, headers, body = answer
    if call.json:
        found = json.loads(body) if status.startswith("200") else {}
        return "200 OK", [("Content-Type", "application/x-amz-json-1.1")], json.dumps({k: [] for k, v in found.items() if isinstance(v, list)}).encode()
    root = ElementTree.fromstring(body)
    if not status.startswith("200"):
        root = ElementTree.Element(f"{call.action}Response")
    result = root.find("{*}" + call.action + "Result")
    for part in root if result is None else result:
        if part.tag.rpartition("}")[2] not in ("requestId", "ResponseMetadata"):
            part[:], part.text = [], None
    return "200 OK", [("Content-Type", "text/xml")], ElementTree.tostring(root)


def drop(environ):
    environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
    raise ConnectionError("dropped by a fault")
