"""The AWS emulator of the bed: moto, with its ways made AWS's (ec2.py, elasticache.py, quotas.py, rds.py, route53.py, s3.py, ses.py,
tagging.py), behind a gate (gate.py), and made real by a bridge (bridge.py); beside it what machines reach as on AWS: S3 under its own name, mail (mail.py)
and their metadata (metadata.py)."""
import os
import signal
import ssl
import threading

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler

import bridge
import calls
import gate
import mail
import metadata
import quotas  # noqa: F401 - for what it changes in moto
import route53  # noqa: F401 - the same
import s3  # noqa: F401 - the same
import ses  # noqa: F401 - the same
import tagging  # noqa: F401 - the same


class Quiet(WSGIRequestHandler):
    """The gate keeps the log; HTTP/1.1 keeps connections open as AWS does."""

    protocol_version = "HTTP/1.1"

    def log_request(self, *_):
        pass


class Server(ThreadedWSGIServer):
    def __init__(self, ip, port, app):
        super().__init__(ip, port, app, Quiet)

    def begin(self):
        threading.Thread(target=self.serve_forever, daemon=True).start()


class TlsServer(Server):
    def __init__(self, ip, port, app):
        super().__init__(ip, port, app)
        self.ssl_context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self.ssl_context.load_cert_chain(mail.TLS / "tls.crt", mail.TLS / "tls.key")

    def get_request(self):  # the handshake is left to the request's thread: one that never ends holds up nobody else
        connection, address = super().get_request()
        return self.ssl_context.wrap_socket(connection, server_side=True, do_handshake_on_connect=False), address


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    lab = bridge.Lab()
    lab.up()
    app = gate.Gate(DomainDispatcherApplication(create_backend_app), calls.log(), lab)
    TlsServer(os.environ["AWS_IP"], 443, app).begin()
    Server(os.environ["METADATA_IP"], 80, metadata.Metadata()).begin()
    mail.up(app.iam)
    Server("0.0.0.0", int(os.environ["BED_PORT"]), app).serve_forever()
