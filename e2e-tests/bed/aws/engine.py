"""The containers of the parts, on the bed's own Docker engine. Each is named by its part's key, and has a folder of this computer for its files."""
import os
import shutil
import subprocess
from pathlib import Path

import docker
from docker.errors import NotFound

DIR, RUN = Path(os.environ["DIR"]), Path(os.environ["BED_RUN"])
LABEL = "bed.part"

client = docker.DockerClient(os.environ["DOCKER_HOST"], timeout=120)


def find(key):
    try:
        return client.containers.get(key)
    except NotFound:
        return None


def states():
    """By key: running, exited, paused ..."""
    return {c["Labels"][LABEL]: c["State"] for c in client.api.containers(all=True, filters={"label": LABEL})}


def folder(key):
    path = DIR / "aws" / "parts" / key
    path.mkdir(parents=True, exist_ok=True)
    return path


def start(key, ip, hostname, image, *options, command=()):
    run("docker", "run", "-d", "--pull", "never", "--name", key, "--label", f"{LABEL}={key}", "--hostname", hostname, "--network", "ec2", "--ip", ip,
        *options, image, *command)


def execute(container, command, **environment):
    code, output = container.exec_run(["sh", "-c", command], environment=environment)
    if code:
        raise RuntimeError(f"{container.name}: {output.decode(errors='replace').strip()[-600:]}")


def thaw(container):
    if container.status == "paused":
        container.unpause()


def remove(key):
    container = find(key)
    if container:
        thaw(container)
        container.remove(v=True, force=True)
    shutil.rmtree(folder(key), ignore_errors=True)


def run(*command, text=None):
    done = subprocess.run(command, input=text, text=True, capture_output=True)
    if done.returncode:
        raise RuntimeError(f"{command[0]}: {done.stderr.strip()[-600:]}")
    return done.stdout
