"""Shows, line by line with seconds, what an environment's status says while something happens to it.

progress.py ready SECONDS                          until the environment is Ready
progress.py drift PATTERN SECONDS COMMAND...       runs the command; until a drift that fits the pattern was named, and is gone again
"""
import json
import os
import re
import subprocess
import sys
import threading
import time

BEGAN = int(os.environ["BED_BEGAN"]) / 1e9
NAMESPACE, NAME = os.environ["DEMO_NAMESPACE"], os.environ["DEMO_ENVIRONMENT"]


def say(text):
    print(f"{time.time() - BEGAN:7.1f} s  {text}", flush=True)


def versions():
    """Every version of the environment, as the API server tells of them."""
    command = ["kubectl", "-n", NAMESPACE, "get", "appenvironments", NAME, "-o", "json"]
    decoder, text = json.JSONDecoder(), ""
    while True:  # a watch ends now and then
        with subprocess.Popen([*command, "--watch"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as watch:
            try:
                while data := os.read(watch.stdout.fileno(), 65536):
                    text += data.decode()
                    while text.strip():
                        try:
                            version, end = decoder.raw_decode(text.lstrip())
                        except ValueError:
                            break
                        text = text.lstrip()[end:]
                        yield version
            finally:
                watch.kill()
        text = ""
        time.sleep(1)


def drift_key(d):
    return f"{d['resource']} {d['field']}"


def lines(status):
    """What is worth a line, by a key: a line is printed when it is new or has changed."""
    found = {}
    for r in status.get("resources") or []:
        found["resource", r["name"]] = f"{r['name']:32} {r.get('phase', ''):12} {r.get('id') or ''}"
    for s in (status.get("release") or {}).get("services") or []:
        found["service", s["name"]] = f"service {s['name']:24} {s.get('health') or '':12} {s.get('running') or ''}"
    for c in status.get("conditions") or []:  # Ready sums them up
        message = (c.get("message") or "").splitlines() if c["type"] == "Ready" else []
        found["condition", c["type"]] = f"{c['type']}={c['status']} {c.get('reason') or ''}" + (f": {message[0][:100]}" if message else "")
    for d in status.get("drift") or []:
        found["drift", drift_key(d)] = (f"drift, {d.get('class')}: {d['resource']} {d['field']}: wanted {d.get('desired')}, is {d.get('live')}"
                                        f" -> {d.get('action') or 'seen'}")
    if status.get("url"):
        found["url", ""] = f"url {status['url']}"
    return found


def ready(version):
    status = version.get("status") or {}
    return any(c["type"] == "Ready" and c["status"] == "True" and c.get("observedGeneration", status.get("observedGeneration")) == version["metadata"]["generation"]
               for c in status.get("conditions") or [])


def limit(seconds, what):
    def end():
        say(f"{what}: not within {seconds} s")
        os._exit(1)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()


def until_ready():
    shown = {}
    for version in versions():
        now = lines(version.get("status") or {})
        for key, line in now.items():
            if shown.get(key) != line:
                say(line)
        shown = now
        if ready(version):
            return


def until_repaired(pattern, command):
    shown, named, broken = None, {}, None
    for version in versions():
        now = lines(version.get("status") or {})
        if shown is None:  # as it was before
            shown = now
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            broken = time.time()
            say("done")
            continue
        for key, line in now.items():
            if shown.get(key) != line and key[0] in ("drift", "service"):
                say(line)
            if key[0] == "drift" and re.search(pattern, line) and key not in named:
                named[key] = time.time()
                say(f"named {named[key] - broken:.1f} s after it happened")
        shown = now
        if named and not named.keys() & now.keys() and ready(version):
            say(f"repaired {time.time() - broken:.1f} s after it happened")
            return


if sys.argv[1] == "ready":
    limit(int(sys.argv[2]), "Ready")
    until_ready()
else:
    limit(int(sys.argv[3]), "the drift named and repaired")
    until_repaired(sys.argv[2], sys.argv[4:])
