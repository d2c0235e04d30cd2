"""What stands in front of the emulator: the log of calls, faults, client tokens, paging, and the bed's own pages below /plus/.

    GET /plus/calls.jsonl?since=N      the calls so far, without the first N
    POST /plus/sent                    {"text": ...}: the calls in whose request that text was
    GET, POST /plus/faults             see faults.py
    GET, POST /plus/ses                see ses.py
    GET, POST /plus/durations          see states.py
    POST /plus/iam                     see iam.py
    GET /plus/mail                     see mail.py
    GET /plus/lab                      what is real: its state, its address; POST {"do": ..., "target": key or name}: faults of it (part.py, machine.py)
"""
import json
import threading
import time
import urllib.parse

import faults
import iam
import mail
import paging
import ses
import states
from calls import read

# AWS promises for these that the same token makes the same thing once; the emulator does not know
WITH_TOKEN = {"RunInstances", "CreateRouteTable", "CreateNatGateway", "CreateVpcEndpoint", "CreateVolume", "CreateLaunchTemplate", "CreateFleet"}


class Gate:
    def __init__(self, app, log, lab):
        self.app, self.log, self.lab = app, log, lab
        self.faults, self.tokens, self.token_lock = faults.Faults(), {}, threading.RLock()
        self.iam = iam.Iam()

    def __call__(self, environ, start_response):
        path = environ["PATH_INFO"]
        if path.startswith("/plus/"):
            status, headers, body = self.own_page(path, environ)
        elif path.startswith("/moto-api"):
            status, headers, body = self.emulator(environ)
            if path == "/moto-api/reset":
                self.tokens.clear()
                ses.order(sandbox=True)
                mail.received.clear()
        else:
            status, headers, body = self.aws(environ)
        start_response(status, [h for h in headers if h[0].lower() != "content-length"] + [("Content-Length", str(len(body)))])
        return [body]

    def emulator(self, environ):
        answer = {}

        def started(status, headers, _=None):
            answer.update(status=status, headers=headers)

        body = b"".join(self.app(environ, started))
        self.lab.changed()
        return answer["status"], answer["headers"], body

    def aws(self, environ):
        began, call = time.time(), read(environ)
        denied = self.iam.denied(call)
        fault, answer = self.faults.hit(call) or {}, None
        time.sleep(fault.get("delay", 0))
        try:
            if denied:
                answer = faults.error(iam.error(denied, call), call)
                return answer
            if fault.get("after") or fault.get("empty") or not fault.keys() & {"code", "drop"}:
                answer = self.once_a_token(call, environ)
            if fault.get("drop"):
                answer = None
                faults.drop(environ)
            if fault.get("code"):
                answer = faults.error(fault, call)
            if fault.get("empty"):
                answer = faults.nothing(call, answer)
            return answer
        finally:
            self.log.add(began, call, int(answer[0].split()[0]) if answer else 0)

    def once_a_token(self, call, environ):
        token = call.form.get("ClientToken")
        if call.service != "ec2" or call.action not in WITH_TOKEN or not token:
            return paging.page(call, self.emulator(environ))
        with self.token_lock:
            key = call.key, call.region, call.action, token
            asked, answer = self.tokens.get(key, (call.form, None))
            if answer is None:
                answer = self.emulator(environ)
                if answer[0].startswith("200"):
                    self.tokens[key] = call.form, answer
            elif asked != call.form:
                answer = faults.error({"code": "IdempotentParameterMismatch"}, call)
            return answer

    def own_page(self, path, environ):
        sent = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        kind, status = "application/json", "200 OK"
        try:
            if path == "/plus/calls.jsonl":
                since = urllib.parse.parse_qs(environ.get("QUERY_STRING", "")).get("since", ["0"])[0]
                return status, [("Content-Type", "application/x-ndjson")], self.log.since(int(since)).encode()
            if path == "/plus/faults":
                if environ["REQUEST_METHOD"] == "POST":
                    self.faults.replace(json.loads(sent))
                body = self.faults.wanted
            elif path == "/plus/ses":
                if environ["REQUEST_METHOD"] == "POST":
                    ses.order(**json.loads(sent))
                body = ses.show()
            elif path == "/plus/durations":
                if environ["REQUEST_METHOD"] == "POST":
                    states.set_durations(json.loads(sent))
                body = states.durations
            elif path == "/plus/iam":
                self.iam.give(**json.loads(sent))
                body = {}
            elif path == "/plus/sent":
                body = self.log.sent(json.loads(sent)["text"])
            elif path == "/plus/mail":
                body = mail.received
            elif path == "/plus/lab":
                if environ["REQUEST_METHOD"] == "POST":
                    self.lab.fault(**json.loads(sent))
                body = self.lab.show()
            else:
                status, body = "404 Not Found", {"error": "no such page"}
        except Exception as e:
            status, body = "400 Bad Request", {"error": f"{type(e).__name__}: {e}"}
        return status, [("Content-Type", kind)], json.dumps(body).encode()
