"""SES by SMTP at email-smtp.REGION.amazonaws.com:587: STARTTLS, the password that AWS derives from an access key's secret and the region, a sender whose
identity is verified and whom the user's policies allow, in the sandbox only recipients that are verified too.

    GET /plus/mail       what was sent, the oldest first: {"from", "to": [...], "message": all of it}
"""
import base64
import email
import hashlib
import hmac
import os
import ssl
from email.utils import parseaddr
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from moto.iam.models import iam_backends
from moto.ses.models import ses_backends

import ses
from calls import Call

IP, REGION, TLS = os.environ["AWS_IP"], os.environ["BED_REGION"], Path(os.environ["DIR"], "aws")
SIMULATOR = "simulator.amazonses.com"

received = []


def password(secret):
    key = f"AWS4{secret}".encode()
    for word in "11111111", REGION, "ses", "aws4_request", "SendRawEmail":
        key = hmac.digest(key, word.encode(), hashlib.sha256)
    return base64.b64encode(b"\x04" + key)


def login(_server, session, _envelope, _mechanism, data):
    for _, partitions in list(iam_backends.items()):
        for _, backend in list(partitions.items()):
            key = backend.access_keys.get(data.login.decode())
            if key and key.status == "Active" and hmac.compare_digest(data.password, password(key.secret_access_key)):
                session.key = key.access_key_id, backend.account_id
                return AuthResult(success=True)
    return AuthResult(success=False, handled=False)


def verified(account, address):
    """The name of the verified identity that covers an address: itself, its domain, or a domain above."""
    labels = address.rpartition("@")[2].split(".")
    identities = ses_backends[account][REGION].email_identities
    names = [address, *(".".join(labels[n:]) for n in range(len(labels) - 1))]
    return next((n for n in names if n in identities and identities[n].verified_for_sending_status), None)


class Handler:
    def __init__(self, iam):
        self.iam = iam

    async def handle_DATA(self, _server, session, envelope):
        key, account = session.key
        message = envelope.content.decode(errors="replace")
        sender = parseaddr(email.message_from_string(message)["From"] or envelope.mail_from)[1]
        identity = verified(account, sender)
        sandboxed = [] if (account, REGION) in ses.outside else [to for to in envelope.rcpt_tos if not to.endswith(SIMULATOR) and not verified(account, to)]
        failing = [*([] if identity else [sender]), *sandboxed]
        if failing:
            return f"554 Message rejected: Email address is not verified. The following identities failed the check in region {REGION.upper()}: {', '.join(failing)}"
        arn = f"arn:aws:ses:{REGION}:{account}:identity/{identity}"
        if self.iam.denied(Call("email", "SendRawEmail", REGION, key, "", {"identity": arn, "from": sender})):
            return f"554 Access denied: User is not authorized to perform `ses:SendRawEmail' on resource `{arn}'"
        received.append({"from": sender, "to": envelope.rcpt_tos, "message": message})
        return "250 Ok"


def up(iam):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(TLS / "tls.crt", TLS / "tls.key")
    Controller(Handler(iam), IP, 587, ready_timeout=20, tls_context=context, require_starttls=True, auth_required=True, authenticator=login).start()
