#!/usr/bin/python3
"""The shop's backend. `migrate` brings the database's schema to this release, `serve` answers on :8000, `start` does both; `check` is its health check.

GET /healthz, /api/v1/health     200 when the database answers and its schema is at least this release's, else 503 with the reason
GET /api/v1/release              {"version"}, whatever becomes of the database
GET /api/v1/version              {"version", "schema"}
GET, POST /api/v1/items          rows of the database: DATABASE_URL, or else POSTGRES_SERVER and the like; a new one is {"name"}
GET, POST /api/v1/visits         how many there were, in the cache (REDIS_URL); one more
GET, PUT /api/v1/files/NAME      a file in the bucket (S3_BUCKET, S3_REGION; the machine's role is the key)
POST /api/v1/mail                sends {"to", "subject", "text"} by SMTP_HOST, SMTP_PORT, SMTP_USERNAME, SMTP_PASSWORD, from SMTP_FROM
GET /api/v1/page                 items and visits as a piece of HTML, for the frontend's page

What needs a part that the environment does not have answers 501 with the variable that is missing; a part that fails, 503 with the reason.

APP_BREAKS, or else IMAGE_BREAKS (baked into an image that is broken on purpose): health = starts but never gets healthy; crash = ends at once;
migrate = the migration fails; slow = healthy only after 15 s.
"""
import html
import http.server
import json
import os
import signal
import sys
import time
import urllib.parse
import urllib.request

import psycopg2

import parts

VERSION = os.environ.get("APP_VERSION", "dev")
BREAKS = os.environ.get("APP_BREAKS") or os.environ.get("IMAGE_BREAKS", "")
MIGRATIONS = {
    1: ["create table items (id serial primary key, name text unique)", "insert into items (name) values ('apples'), ('pears')"],
    2: ["alter table items add column note text not null default ''"],
    3: ["create index items_note on items (note)"],
}
NEEDS = int(VERSION[1]) if VERSION[:1] == "v" and VERSION[1:2].isdigit() else 1
STARTED = time.monotonic()


def schema():
    try:
        return parts.sql("select coalesce(max(version), 0) from migrations")[0][0]
    except psycopg2.errors.UndefinedTable:
        return 0


def items():
    return [name for (name,) in parts.sql("select name from items order by id")]


def migrate():
    for _ in range(60):
        try:
            parts.sql("create table if not exists migrations (version int primary key, release text, at timestamptz default now())")
            break
        except psycopg2.OperationalError as e:
            print("waiting for the database:", str(e).strip(), flush=True)
            time.sleep(1)
    for version in range(schema() + 1, NEEDS + 1):
        if BREAKS == "migrate":
            sys.exit(f'migration {version} failed: column "nonsense" does not exist')
        parts.sql(*MIGRATIONS[version], f"insert into migrations (version, release) values ({version}, '{VERSION}')")
        print(f"migrated to {version}", flush=True)
    print(f"schema is at {schema()}", flush=True)


def health():
    if BREAKS == "health":
        return 503, {"ok": False, "version": VERSION, "error": "this release is broken on purpose"}
    if BREAKS == "slow" and time.monotonic() - STARTED < 15:
        return 503, {"ok": False, "version": VERSION, "error": "warming up"}
    at = schema()
    if at < NEEDS:
        return 503, {"ok": False, "version": VERSION, "error": f"schema is at {at}, this release needs {NEEDS}: run `backend migrate`"}
    return 200, {"ok": True, "version": VERSION, "schema": at}


def page():
    rows = "".join(f"<li>{html.escape(name)}</li>" for name in items())
    visits = f'<p id="visits">Visits: {parts.visit()}</p>' if os.environ.get("REDIS_URL") else ""
    return f'<p id="backend">Backend {VERSION}, schema {schema()}; in the database:</p><ul id="items">{rows}</ul>{visits}'


def answer(method, path, body):
    """Status and content: text is HTML, bytes are a file, all else is JSON."""
    match method, *path.strip("/").split("/"):
        case "GET", "healthz":
            return health()
        case "GET", "api", "v1", "health":
            return health()
        case "GET", "api", "v1", "release":
            return 200, {"version": VERSION}
        case "GET", "api", "v1", "version":
            return 200, {"version": VERSION, "schema": schema()}
        case "GET", "api", "v1", "items":
            return 200, items()
        case "POST", "api", "v1", "items":
            name = str(json.loads(body)["name"])
            parts.sql("insert into items (name) values (%s) on conflict do nothing", args=(name,))
            return 201, {"name": name}
        case "GET", "api", "v1", "visits":
            return 200, {"visits": parts.visits()}
        case "POST", "api", "v1", "visits":
            return 201, {"visits": parts.visit()}
        case "GET", "api", "v1", "files", name:
            return 200, parts.load(name)
        case "PUT", "api", "v1", "files", name:
            parts.store(name, body)
            return 201, {"name": name, "bytes": len(body)}
        case "POST", "api", "v1", "mail":
            mail = json.loads(body)
            parts.send(mail["to"], mail["subject"], mail["text"])
            return 201, {"to": mail["to"]}
        case "GET", "api", "v1", "page":
            return 200, page()
    return 404, {"error": "not found"}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def handle_request(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        try:
            status, content = answer(self.command, urllib.parse.unquote(self.path.partition("?")[0]), body)
        except parts.Missing as e:
            status, content = 501, {"error": str(e)}
        except parts.NotFound as e:
            status, content = 404, {"error": str(e)}
        except (ValueError, KeyError, TypeError) as e:
            status, content = 400, {"error": repr(e)}
        except Exception as e:  # whatever a part's library says is the answer
            status, content = 503, {"ok": False, "version": VERSION, "error": str(e).strip()}
        self.send(status, content)

    do_GET = do_POST = do_PUT = handle_request

    def send(self, status, content):
        kinds = {str: "text/html; charset=utf-8", bytes: "application/octet-stream"}
        data = content if isinstance(content, bytes) else (content if isinstance(content, str) else json.dumps(content)).encode()
        self.send_response(status)
        self.send_header("Content-Type", kinds.get(type(content), "application/json"))
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


def serve():
    if BREAKS == "crash":
        sys.exit("this release is broken on purpose")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # the first process of a container ignores TERM unless it says so
    http.server.ThreadingHTTPServer(("0.0.0.0", 8000), Handler).serve_forever()


def start():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    migrate()
    serve()


def check():
    urllib.request.urlopen("http://127.0.0.1:8000/healthz", timeout=3)


{"start": start, "migrate": migrate, "serve": serve, "check": check}[sys.argv[1] if sys.argv[1:] else "start"]()
