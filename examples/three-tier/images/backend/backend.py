#!/usr/bin/python3
"""The shop's backend. `migrate` brings the database's schema to this release, `serve` answers on :8000, `start` does both; `check` is its health check.

GET /healthz, /api/v1/health   200 when the database answers and its schema is at least this release's, else 503 with the reason
GET /api/v1/version            {"version", "schema"}
GET, POST /api/v1/items        rows of the database; GET /api/v1/page: the same as a piece of HTML, for the frontend's page

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
import urllib.request

import psycopg2

VERSION = os.environ.get("APP_VERSION", "dev")
BREAKS = os.environ.get("APP_BREAKS") or os.environ.get("IMAGE_BREAKS", "")
DATABASE = {
    "host": ("POSTGRES_SERVER", "db"),
    "port": ("POSTGRES_PORT", "5432"),
    "user": ("POSTGRES_USER", "shop"),
    "password": ("POSTGRES_PASSWORD", ""),
    "dbname": ("POSTGRES_DB", "shop"),
}
MIGRATIONS = {
    1: ["create table items (id serial primary key, name text unique)", "insert into items (name) values ('apples'), ('pears')"],
    2: ["alter table items add column note text not null default ''"],
    3: ["create index items_note on items (note)"],
}
NEEDS = int(VERSION[1]) if VERSION[:1] == "v" and VERSION[1:2].isdigit() else 1
STARTED = time.monotonic()


def sql(*statements, args=()):
    """Runs the statements in one transaction; the rows of the last one, if it has any."""
    connection = psycopg2.connect(connect_timeout=3, **{k: os.environ.get(*v) for k, v in DATABASE.items()})
    try:
        with connection, connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement, args)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


def schema():
    try:
        return sql("select coalesce(max(version), 0) from migrations")[0][0]
    except psycopg2.errors.UndefinedTable:
        return 0


def items():
    return [name for (name,) in sql("select name from items order by id")]


def migrate():
    for _ in range(60):
        try:
            sql("create table if not exists migrations (version int primary key, release text, at timestamptz default now())")
            break
        except psycopg2.OperationalError as e:
            print("waiting for the database:", str(e).strip(), flush=True)
            time.sleep(1)
    for version in range(schema() + 1, NEEDS + 1):
        if BREAKS == "migrate":
            sys.exit(f'migration {version} failed: column "nonsense" does not exist')
        sql(*MIGRATIONS[version], f"insert into migrations (version, release) values ({version}, '{VERSION}')")
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
    return f'<p id="backend">Backend {VERSION}, schema {schema()}; in the database:</p><ul id="items">{rows}</ul>'


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self, code, body, kind="application/json"):
        data = (json.dumps(body) if kind == "application/json" else body).encode()
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def do_GET(self):
        try:
            path = self.path.partition("?")[0]
            if path in ("/healthz", "/api/v1/health"):
                self.answer(*health())
            elif path == "/api/v1/version":
                self.answer(200, {"version": VERSION, "schema": schema()})
            elif path == "/api/v1/items":
                self.answer(200, items())
            elif path == "/api/v1/page":
                self.answer(200, page(), "text/html; charset=utf-8")
            else:
                self.answer(404, {"error": "not found"})
        except psycopg2.Error as e:
            self.answer(503, {"ok": False, "version": VERSION, "error": str(e).strip()})

    def do_POST(self):
        try:
            name = str(json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))))["name"])
            sql("insert into items (name) values (%s) on conflict do nothing", args=(name,))
            self.answer(201, {"name": name})
        except (ValueError, KeyError, TypeError) as e:
            self.answer(400, {"error": repr(e)})
        except psycopg2.Error as e:
            self.answer(503, {"error": str(e).strip()})


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
