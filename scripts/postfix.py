"""What test-postfix.sh does: python postfix.py FOLDER, with PARVIS naming the program. Says what held, or where it did not."""
import asyncio
import base64
import datetime
import email
import email.policy
import json
import os
import pwd
import shutil
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import trustme

WORK, PARVIS = Path(sys.argv[1]), os.environ["PARVIS"]
CHECK = Path(__file__).parent.parent / "Tests/MailTests/check.py"
DATA = WORK / "data"
# Who owns what is delivered: nobody who can do anything.
NOBODY = pwd.getpwnam("nobody")
SERVICES = """\
{port}     inet n - n - - smtpd
cleanup    unix n - n - 0 cleanup
qmgr       unix n - n 300 1 qmgr
tlsmgr     unix - - n 1000? 1 tlsmgr
rewrite    unix - - n - - trivial-rewrite
bounce     unix - - n - 0 bounce
defer      unix - - n - 0 bounce
trace      unix - - n - 0 bounce
verify     unix - - n - 1 verify
flush      unix n - n 1000? 0 flush
proxymap   unix - - n - - proxymap
smtp       unix - - n - - smtp
relay      unix - - n - - smtp
error      unix - - n - - error
retry      unix - - n - - error
discard    unix - - n - - discard
virtual    unix - n n - - virtual
anvil      unix - - n - 1 anvil
scache     unix - - n - 1 scache
postlog    unix-dgram n - n - 1 postlogd
"""


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def say(words):
    print(f"✓ {words}", flush=True)


def configure(port, refusing):
    """A Postfix with nothing of the machine's: its configuration, queue, data and mail are below the folder."""
    config, mail = WORK / "config", WORK / "mail"
    for folder in (config, WORK / "queue", WORK / "lib", mail):
        folder.mkdir()
    os.chmod(WORK, 0o755)
    shutil.chown(WORK / "lib", "postfix")
    os.chown(mail, NOBODY.pw_uid, NOBODY.pw_gid)
    authority = trustme.CA()
    certificate = authority.issue_cert("localhost")
    certificate.private_key_and_cert_chain_pem.write_to_path(str(config / "server.pem"))
    authority.cert_pem.write_to_path(str(WORK / "authority.pem"))
    (config / "mailboxes").write_text("zoe@tours.example zoe/\nbonjour@parvis.example returns/\n")
    (config / "transport").write_text(f"refusing.example smtp:[127.0.0.1]:{refusing}\n")
    (config / "master.cf").write_text(SERVICES.format(port=f"127.0.0.1:{port}"))
    (config / "main.cf").write_text(f"""\
compatibility_level = 3.6
queue_directory = {WORK}/queue
data_directory = {WORK}/lib
mail_owner = postfix
setgid_group = postdrop
maillog_file = {WORK}/log
maillog_file_prefixes = {WORK}
myhostname = mail.tours.example
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
smtpd_tls_security_level = encrypt
smtpd_tls_chain_files = {config}/server.pem
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_recipient_restrictions =
disable_dns_lookups = yes
smtp_host_lookup = native
relay_domains = refusing.example
transport_maps = texthash:{config}/transport
virtual_mailbox_domains = tours.example parvis.example
virtual_mailbox_base = {mail}
virtual_mailbox_maps = texthash:{config}/mailboxes
virtual_uid_maps = static:{NOBODY.pw_uid}
virtual_gid_maps = static:{NOBODY.pw_gid}
alias_maps =
alias_database =
notify_classes =
""")
    subprocess.run(["postfix", "-c", str(config), "start"], check=True, capture_output=True)


def refuse(port):
    """The server of a domain that knows none of its people."""

    async def talk(reader, writer):
        writer.write(b"220 mx.refusing.example ESMTP\r\n")
        while line := await reader.readline():
            word = line[:4].upper()
            if word == b"QUIT":
                break
            writer.write(b"550 5.1.1 Nobody of that name lives here\r\n" if word == b"RCPT" else b"250 fine\r\n")
        writer.close()

    async def serve():
        server = await asyncio.start_server(talk, "127.0.0.1", port)
        await server.serve_forever()

    threading.Thread(target=lambda: asyncio.run(serve()), daemon=True).start()


def parvis(*words, good=True):
    done = subprocess.run([PARVIS, *words, "--data", DATA, "--json"], capture_output=True, text=True)
    if good and done.returncode:
        raise SystemExit(f"✗ parvis {' '.join(map(str, words))}: {done.stderr}")
    return json.loads(done.stdout) if done.stdout else None


def prepare(port):
    """An instance with a letter for each of three people, which no mail server was named for yet."""
    subprocess.run([PARVIS, "init", "--data", DATA], check=True, stdout=subprocess.DEVNULL)
    keys = parvis("notifications", "dkim", "new", "--domain", "parvis.example")
    parvis("notifications", "change-settings", "--transport", "smtp", "--host", "localhost", "--port", str(port),
           "--security", "starttls", "--trusted", WORK / "authority.pem", "--sender-address", "bonjour@parvis.example",
           "--portal", "https://parvis.example")
    trial = parvis("notifications", "test", "zoe@tours.example")
    steps = trial["steps"]
    assert trial["delivered"] and any("STARTTLS" in step for step in steps), steps
    assert any(step.startswith("> DATA") for step in steps), steps
    say("a test letter leaves under STARTTLS, with the authority that the settings name")
    parvis("notifications", "hold")
    today = datetime.date.today()
    programme = parvis("programmes", "create", "--name", "Essai")["id"]
    edition = parvis("programmes", "plan-edition", "--programme", programme, "--name", "Essai", "--theme", "Essai",
                     "--territory", "Paris", "--zone", "Europe/Paris", "--format", "on-site", "--starts", str(today),
                     "--ends", str(today + datetime.timedelta(days=300)))["id"]
    parvis("programmes", "open-edition", edition)
    partner = parvis("partners", "register", "--name", "Exemple Tours", "--kind", "company", "--contact",
                     json.dumps(dict(name="Rhéa Contact", email="zoe@tours.example", language="fr")))["partner"]
    parvis("partners", "sign-agreement", partner, "--edition", edition, "--signed-on", str(today), "--regimes", "own-time")
    roster = WORK / "roster.csv"
    people = ["zoe@tours.example", "unknown@tours.example", "gone@refusing.example"]
    roster.write_text("\n".join(["name,email,regime,language", *(f"Zoé Fictive,{one},own-time,fr" for one in people)]))
    parvis("partners", "import-roster", partner, "--edition", edition, "--csv", f"@{roster}")
    return {record["name"]: record["text"] for record in keys}


def until(what, question, seconds=60):
    """What `question` answers once it answers anything; a machine may be busy."""
    for _ in range(seconds * 4):
        if answer := question():
            return answer
        time.sleep(0.25)
    log = WORK / "log"
    raise SystemExit(f"✗ {what}\n" + (log.read_text() if log.exists() else ""))


def letters(folder):
    place = WORK / "mail" / folder / "new"
    return [one.read_bytes() for one in sorted(place.iterdir())] if place.exists() else []


def check_letters(records):
    """Those that Postfix delivered are whole, signed and as people get them."""
    found = until("no letter came", lambda: [one for one in letters("zoe") if b"tour" in one and len(letters("zoe")) >= 2])
    for letter in letters("zoe"):
        file = WORK / "letter.eml"
        file.write_bytes(letter)
        subprocess.run([sys.executable, CHECK, "dkim", file, json.dumps(records)], check=True)
        message = email.message_from_bytes(letter, policy=email.policy.default)
        assert not message.defects and message["Return-Path"].strip("<>") == "bonjour@parvis.example", message.defects
        assert message["Auto-Submitted"] == "auto-generated" and message["Message-ID"].endswith("@parvis.example>")
        assert message.get_content_type() == "multipart/alternative" and message["Content-Language"] in ("fr", "en")
        received = " ".join(message.get_all("Received"))
        assert "ESMTPS" in received, received
        for kind in ("plain", "html"):
            assert message.get_body((kind,)).get_content().strip()
    say(f"{len(letters('zoe'))} letters arrive whole over TLS, with two good DKIM signatures each ({len(found)} read)")


def addresses():
    return {line["email"]: line for line in parvis("notifications", "addresses")}


def main():
    port, refusing = free_port(), free_port()
    configure(port, refusing)
    refuse(refusing)
    records = prepare(port)
    parvis("notifications", "let-go", "--all")
    # Commands do what is due behind their answer; the job of letters runs every five seconds.
    time.sleep(6)
    parvis("notifications", "show-hold")
    check_letters(records)

    def failed():
        lines = parvis("notifications", "messages", "--limit", "100")["items"]
        return [line for line in lines if line["recipient"] == "unknown@tours.example" and line["state"] == "failed"]

    line = until("the refused letter did not fail", failed)[0]
    assert "550 5.1.1" in line["fault"], line
    say(f"a recipient Postfix refuses fails at once, in its words: {line['fault'][:60]}…")
    until("no returned letter came", lambda: letters("returns"))
    report = email.message_from_bytes(letters("returns")[0])
    assert report.get_content_type() == "multipart/report", report.get_content_type()
    read = parvis("notifications", "read-returns", WORK / "mail/returns/new")
    found = until("the bounce was not understood", lambda: addresses())
    marked = found.get("gone@refusing.example")
    assert marked and marked["state"] == "unreachable" and "5.1.1" in (marked["fault"] or ""), (found, read)
    assert found.get("unknown@tours.example", {}).get("state") == "unreachable", found
    assert "zoe@tours.example" not in found or found["zoe@tours.example"]["state"] == "good", found
    say("what Postfix sends back is read from its maildir, and the address is marked as one that does not arrive")
    tasks = parvis("todo")
    kinds = json.dumps(tasks)
    assert "notifications.unreachable" in kinds or "notifications.correct-address" in kinds, kinds
    say("and it is a task for staff")


main()
