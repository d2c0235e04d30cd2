"""The AWS emulator of the bed: moto, with its ways made AWS's (ec2.py, elasticache.py, quotas.py, rds.py, route53.py, s3.py, ses.py, tagging.py), behind a
gate (gate.py), and made real by a bridge (bridge.py)."""
import os
import signal

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, run_simple

import bridge
import calls
import elasticache  # noqa: F401 - for what it changes in moto
import gate
import quotas  # noqa: F401 - the same
import rds  # noqa: F401 - the same
import route53  # noqa: F401 - the same
import s3  # noqa: F401 - the same
import ses  # noqa: F401 - the same
import tagging  # noqa: F401 - the same


class Quiet(WSGIRequestHandler):
    """The gate keeps the log; HTTP/1.1 keeps connections open as AWS does."""

    protocol_version = "HTTP/1.1"

    def log_request(self, *_):
        pass


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    lab = bridge.Lab()
    lab.up()
    app = gate.Gate(DomainDispatcherApplication(create_backend_app), calls.log(), lab)
    run_simple("0.0.0.0", int(os.environ["BED_PORT"]), app, threaded=True, request_handler=Quiet)
