"""What one request to the emulator means (service, action, caller), and the log of all of them."""
import base64
import datetime
import io
import json
import os
import re
import threading
import urllib.parse
from dataclasses import dataclass, field
from pathlib import Path

from moto.sts.models import sts_backends

CREDENTIAL = re.compile(r"Credential=([^/]+)/\d{8}/([^/]+)/([^/]+)/aws4_request")
APPLICATION = re.compile(r"\bapp/(\S+)")
BUCKET_HOST = re.compile(r"(?:(.+)\.)?s3\.[a-z0-9-]+\.amazonaws\.com")
READING = re.compile(r"(Describe|Get|List|Head|Lookup|Search|Check|Validate|Simulate|Assume|Decode|Query|Scan|BatchGet|GET |HEAD )")


@dataclass
class Call:
    service: str
    action: str
    region: str
    key: str
    agent: str
    form: dict = field(repr=False)
    json: bool = False
    query: str = ""
    body: bytes = field(default=b"", repr=False)
    secure: bool = False

    @property
    def mutating(self):
        return not READING.match(self.action)

    def said(self):
        """All of the request but its headers, as a person would read it."""
        user_data = base64.b64decode(self.form.get("UserData", "")).decode(errors="replace")
        sent = urllib.parse.unquote_plus(self.query), urllib.parse.unquote_plus(self.body.decode(errors="replace")), user_data
        return "\n".join([self.action, *sent])

    @property
    def caller(self):
        """The access key; for a role's key the session's name; then the program's own name, when its SDK says it."""
        role = next((r for _, partitions in list(sts_backends.items()) for _, b in list(partitions.items())
                     if (r := b.get_assumed_role_from_access_key(self.key))), None)
        program = APPLICATION.search(self.agent)
        return (role.session_name if role else self.key) + (f"/{program.group(1)}" if program else "")


def read(environ):
    """The call in a request. Its body stays readable for the emulator."""
    scope = CREDENTIAL.search(environ.get("HTTP_AUTHORIZATION") or urllib.parse.unquote(environ.get("QUERY_STRING", "")))
    key, region, service = scope.groups() if scope else ("-", "-", "-")
    path, bucket = environ["PATH_INFO"], BUCKET_HOST.fullmatch(environ.get("HTTP_HOST", ""))
    if bucket:  # an SDK that was told no endpoint has the bucket in the name of the host
        service, path = "s3", f"/{bucket[1]}{path}" if bucket[1] else path
    kind = environ.get("CONTENT_TYPE", "") or ""
    form, action = {}, (environ.get("HTTP_X_AMZ_TARGET") or "").rsplit(".", 1)[-1]
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    environ["wsgi.input"] = io.BytesIO(body)
    if not action and kind.startswith("application/x-www-form"):
        form = dict(urllib.parse.parse_qsl(body.decode(), keep_blank_values=True))
        action = form.get("Action", "?")
    action = action or f"{environ['REQUEST_METHOD']} {path}"
    as_json = kind.startswith("application/x-amz-json") or service in ("ses", "email")
    return Call(service, action, region, key, environ.get("HTTP_USER_AGENT", ""), form, as_json,
                environ.get("QUERY_STRING", ""), body, environ["wsgi.url_scheme"] == "https")


class Log:
    """Every call since the emulator began: in memory, and line by line in a file. Nothing clears it."""

    def __init__(self, file):
        self.lines, self.requests, self.lock = [], {}, threading.Lock()
        self.file = open(file, "w", buffering=1)

    def add(self, began, call, status):
        time = datetime.datetime.fromtimestamp(began, datetime.timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        line = json.dumps({"time": time, "service": call.service, "action": call.action, "mutating": call.mutating, "status": status,
                           "caller": call.caller, "region": call.region}) + "\n"
        with self.lock:
            self.lines.append(line)
            self.requests.setdefault(f"{call.service} {call.action}", set()).add(call.said())
            self.file.write(line)

    def sent(self, text):
        """The calls in whose request this text was."""
        with self.lock:
            return sorted(name for name, requests in self.requests.items() if any(text in request for request in requests))

    def since(self, n):
        with self.lock:
            return "".join(self.lines[n:])


def log():
    return Log(Path(os.environ["DIR"], "aws", "calls.jsonl"))
