"""Mail servers for the tests, with faults planted by the recipient's local part; what they take goes into a folder.

python server.py FOLDER: prints one line of JSON (ports, the file of the authority) and ends with its standard input.
Made with aiosmtpd; certificates by trustme. Each message is a file `<number>-<port name>.eml`, written before it is answered.
"""
import asyncio, json, os, ssl, sys, threading
import trustme
from aiosmtpd.controller import UnthreadedController
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

folder = sys.argv[1]
os.makedirs(folder, exist_ok=True)
lock = threading.Lock()


class Handler:
    def __init__(self, name):
        self.name = name

    def keep(self, envelope):
        with lock:
            number = len([n for n in os.listdir(folder) if n.endswith(".eml")])
            path = os.path.join(folder, f"{number:05}-{self.name}.eml")
            with open(path + ".part", "wb") as file:
                file.write(envelope.original_content)
            os.rename(path + ".part", path)

    async def handle_RCPT(self, server, session, envelope, address, options):
        self.sessions = getattr(self, "sessions", set()) | {id(session)}
        local = address.split("@")[0]
        if local == "later":
            return "451 4.3.2 Come back in a while"
        if local == "never":
            return "550 5.1.1 Nobody of that name lives here"
        if local == "busy":
            server.transport.write(b"421 4.3.2 Closing for the night\r\n")
            server.transport.close()
            return "421 4.3.2 Closing for the night"
        if local == "slow":
            await asyncio.sleep(30)
        if address.endswith("@slowly.example"):
            await asyncio.sleep(0.25)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        local = envelope.rcpt_tos[0].split("@")[0]
        if local == "spam":
            return "554 5.7.1 This looks like spam"
        self.keep(envelope)
        if local == "gone":
            server.transport.abort()
        return f"250 OK {len(self.sessions)} session(s)"


def authenticate(server, session, envelope, mechanism, data):
    good = isinstance(data, LoginPassword) and (data.login, data.password) == (b"parvis", "sésame".encode())
    return AuthResult(success=good, handled=good)


async def main():
    ca, other = trustme.CA(), trustme.CA()

    def tls(authority, *names):
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        authority.issue_cert(*names).configure_cert(context)
        return context

    trusted = os.path.join(folder, "authority.pem")
    ca.cert_pem.write_to_path(trusted)
    good, wrong, foreign = tls(ca, "localhost"), tls(ca, "elsewhere.example"), tls(other, "localhost")
    common = dict(authenticator=authenticate, enable_SMTPUTF8=True)
    servers = dict(
        plain=(dict(enable_SMTPUTF8=False), None),
        starttls=(dict(tls_context=good, require_starttls=True, auth_required=True, **common), None),
        login=(dict(tls_context=good, auth_exclude_mechanism=["PLAIN"], **common), None),
        tls=(dict(auth_require_tls=False, auth_required=True, **common), good),
        wrongname=(dict(tls_context=wrong, **common), None),
        foreign=(dict(), foreign),
    )
    ports, loop = {}, asyncio.get_running_loop()
    for name, (options, implicit) in servers.items():
        def make(name=name, options=options):
            return SMTP(handlers[name], hostname="mail.example", **options)
        handlers[name] = Handler(name)
        server = await loop.create_server(make, "127.0.0.1", 0, ssl=implicit)
        ports[name] = server.sockets[0].getsockname()[1]

    async def mute(reader, writer):
        await asyncio.sleep(60)

    async def slip(reader, writer):
        "Says something in the clear behind its answer to STARTTLS."
        writer.write(b"220 mail.example\r\n")
        await reader.readline()
        writer.write(b"250-mail.example\r\n250 STARTTLS\r\n")
        await reader.readline()
        writer.write(b"220 Go ahead\r\n250 slipped in\r\n")
        await asyncio.sleep(5)

    async def talk(reader, writer):
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        await asyncio.sleep(5)

    async def together(reader, writer):
        "Takes commands together, and answers a group at once; one refused recipient is refused before DATA, one behind it."
        keeper = handlers["together"]
        writer.write(b"220 mail.example\r\n")
        recipient, waiting = None, b""
        while True:
            group = await reader.read(1 << 20)
            if not group:
                return writer.close()
            waiting += group
            while b"\r\n" in waiting:
                line, _, waiting = waiting.partition(b"\r\n")
                word = line[:4].upper()
                if word == b"EHLO":
                    writer.write(b"250-mail.example\r\n250 PIPELINING\r\n")
                elif word == b"RCPT":
                    # What comes in one piece was sent in one.
                    together = group.count(b"\r\n") == 3
                    local = line[9:].split(b"@")[0] if together else b"never"
                    recipient = None if local in (b"never", b"stubborn") else local
                    if local == b"busy":
                        writer.write(b"421 4.3.2 Closing for the night\r\n")
                        return writer.close()
                    writer.write(b"250 fine\r\n" if recipient else b"550 5.1.1 Nobody of that name\r\n")
                    stubborn = local == b"stubborn"
                elif word == b"DATA" and (recipient or stubborn):
                    writer.write(b"354 go on\r\n")
                    message = b""
                    while not (b"\r\n" + message).endswith(b"\r\n.\r\n"):
                        message += await reader.readline()
                    if recipient:
                        keeper.keep(type("Envelope", (), dict(original_content=message[:-3])))
                    writer.write(b"250 taken\r\n" if recipient else b"554 5.5.1 No valid recipients\r\n")
                else:
                    writer.write(b"221 bye\r\n" if word == b"QUIT" else b"503 no\r\n" if word == b"DATA" else b"250 fine\r\n")
            await writer.drain()

    async def hook(reader, writer):
        "Takes webhooks: each is a file `hook-<number>.json`; the path says what is answered."
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        method, path, _ = head[0].split(" ")
        headers = {k.lower(): v for k, v in (line.split(": ", 1) for line in head[1:] if line)}
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        with lock:
            number = len([n for n in os.listdir(folder) if n.startswith("hook-")])
            with open(os.path.join(folder, f"hook-{number:05}.json"), "w") as file:
                json.dump(dict(method=method, path=path, headers=headers, body=body.decode()), file)
        if path == "/slow":
            await asyncio.sleep(30)
        status = {"/gone": "410 Gone", "/redirect": "302 Found", "/big": "500 Oops"}.get(path, "204 No Content")
        writer.write(f"HTTP/1.1 {status}\r\nLocation: /elsewhere\r\nConnection: close\r\n\r\n".encode())
        try:
            for _ in range(50_000 if path == "/big" else 0):
                writer.write(b"x" * 10_000)
                await writer.drain()
            await writer.drain()
        except ConnectionError:
            pass
        writer.close()

    handlers["together"] = Handler("together")
    for name, function in dict(mute=mute, slip=slip, web=talk, together=together, hook=hook).items():
        server = await asyncio.start_server(function, "127.0.0.1", 0)
        ports[name] = server.sockets[0].getsockname()[1]
    print(json.dumps(dict(ports=ports, trusted=trusted)), flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    os._exit(0)


handlers = {}
asyncio.run(main())
