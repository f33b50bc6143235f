"""An SMTP server for tests: prints its port, then a line of JSON for every mail it takes.

smtp_server.py plain|starttls|tls CERTIFICATE KEY
With encryption it asks for the password of `menpai`, which is `p@ss+w`.
"""

import asyncio
import email
import email.policy
import json
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult

how, certificate, key = sys.argv[1:]


class Box:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("unknown@"):
            return f"550 <{address}> does not live here"
        if address.startswith("full@"):
            return f"452 <{address}> has no room"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        told = {
            "to": envelope.rcpt_tos,
            "subject": mail["subject"],
            "id": mail["message-id"],
            "text": mail.get_content().replace("\r\n", "\n"),
            "tls": session.ssl is not None or how == "tls",
        }
        print(json.dumps(told), flush=True)
        return "250 OK"


def knows(server, session, envelope, mechanism, data):
    right = data.login == b"menpai" and data.password == b"p@ss+w"
    # Not handled: the server answers a wrong one itself.
    return AuthResult(success=right, handled=False)


context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(certificate, key)
options = {} if how == "plain" else {"authenticator": knows, "auth_required": True}
if how == "starttls":
    options |= {"tls_context": context, "require_starttls": True}
if how == "tls":
    options |= {"auth_require_tls": False}
loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
outer = context if how == "tls" else None
server = loop.run_until_complete(loop.create_server(lambda: SMTP(Box(), **options), "127.0.0.1", 0, ssl=outer))
print(server.sockets[0].getsockname()[1], flush=True)
loop.run_forever()
