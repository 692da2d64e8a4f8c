"""Sends 10,000 letters through a mail server that keeps nothing, and as many messages of the same size by Python's smtplib over as
many connections (one) to the same server, in one run; writes the table between the markers of docs/performance.md.

    PARVIS   the program to measure (a release build)
    LETTERS  how many (10000)
"""
import datetime
import json
import os
import smtplib
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "Matching"))
import machine  # noqa: E402

PARVIS, LETTERS = os.environ["PARVIS"], int(os.environ.get("LETTERS", "10000"))
DOCUMENT = HERE.parent.parent / "docs/performance.md"
BEGIN, END = "<!-- mail:begin -->", "<!-- mail:end -->"
TICK = os.sysconf("SC_CLK_TCK")


def ask(folder, *words):
    done = subprocess.run([PARVIS, *words, "--data", folder, "--json"], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"parvis {' '.join(words)}: {done.stderr}")
    return json.loads(done.stdout)


def prepare(folder, port):
    """An edition with a roster: a letter waits for each of its people, and none may leave yet."""
    subprocess.run([PARVIS, "init", "--data", folder], check=True, stdout=subprocess.DEVNULL)
    programme = ask(folder, "programmes", "create", "--name", "Essai")["id"]
    today = datetime.date.today()
    edition = ask(
        folder, "programmes", "plan-edition", "--programme", programme, "--name", "Essai", "--theme", "Essai",
        "--territory", "Paris", "--zone", "Europe/Paris", "--format", "on-site", "--starts", str(today),
        "--ends", str(today + datetime.timedelta(days=365)))["id"]
    ask(folder, "programmes", "open-edition", edition)
    partner = ask(
        folder, "partners", "register", "--name", "Exemple Banque", "--kind", "company", "--contact",
        json.dumps({"name": "A B", "email": "a.b@exemple-banque.example", "language": "fr"}))["partner"]
    ask(folder, "partners", "sign-agreement", partner, "--edition", edition, "--signed-on", str(today),
        "--regimes", "own-time")
    ask(folder, "notifications", "change-settings", "--transport", "smtp", "--host", "127.0.0.1", "--port", str(port),
        "--security", "none", "--sender-address", "bonjour@house.example", "--portal", "https://parvis.house.example")
    ask(folder, "notifications", "hold")
    roster = Path(folder) / "roster.csv"
    lines = [f"Prénom Nom{n},prenom.nom{n}@exemple-banque.example,own-time,fr" for n in range(LETTERS)]
    roster.write_text("\n".join(["name,email,regime,language", *lines]))
    ask(folder, "partners", "import-roster", partner, "--edition", edition, "--csv", f"@{roster}")


def taken(port):
    with socket.create_connection(("127.0.0.1", port)) as link:
        file = link.makefile("rb")
        file.readline()
        link.sendall(b"COUNT\r\n")
        return int(file.readline().split()[1])


def cost(pid):
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def memory(pid, name):
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(name):
            return int(line.split()[1]) / 1024
    return 0


def ours(folder, port):
    server = subprocess.Popen(
        [PARVIS, "serve", "--data", folder, "--port", "0"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while not (Path(folder) / "parvis.sock").exists():
            time.sleep(0.01)
        # What is left of the roster's events is heard first, and nothing else is to do.
        while ask(folder, "status")["deliveriesPending"]:
            time.sleep(0.5)
        time.sleep(6)
        waiting = ask(folder, "notifications", "show-hold")["waiting"]
        before, idle = taken(port), memory(server.pid, "VmRSS")
        ask(folder, "notifications", "let-go", "--all")
        begun, spent = None, 0
        while True:
            count = taken(port) - before
            if count and begun is None:
                begun, spent, first = time.monotonic(), cost(server.pid), count
            if count >= waiting:
                break
            time.sleep(0.05)
        wall, spent = time.monotonic() - begun, cost(server.pid) - spent
        return dict(rate=(waiting - first) / wall, cpu=spent / (waiting - first), idle=idle,
                    peak=memory(server.pid, "VmHWM"), letters=waiting)
    finally:
        server.terminate()
        server.wait()


def theirs(port, sample):
    client = smtplib.SMTP("127.0.0.1", port)
    client.ehlo("house.example")
    start, spent = time.monotonic(), time.process_time()
    for number in range(LETTERS):
        message = sample.replace(b"Message-ID: <", f"Message-ID: <{number:05}".encode(), 1)
        client.sendmail("bonjour@house.example", [f"prenom.nom{number}@exemple-banque.example"], message)
    wall, spent = time.monotonic() - start, time.process_time() - spent
    client.quit()
    return dict(rate=LETTERS / wall, cpu=spent / LETTERS)


def write(text):
    page = DOCUMENT.read_text()
    if BEGIN not in page:
        page = page.rstrip("\n") + f"\n\n## Letters\n\n{BEGIN}\n{END}\n"
    before, rest = page.split(BEGIN, 1)
    _, after = rest.split(END, 1)
    DOCUMENT.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}")


def main():
    with tempfile.TemporaryDirectory() as folder:
        first = Path(folder) / "first.eml"
        sink = subprocess.Popen([sys.executable, str(HERE / "sink.py"), str(first)], stdout=subprocess.PIPE, text=True)
        try:
            port = int(sink.stdout.readline())
            prepare(f"{folder}/data", port)
            load = os.getloadavg()[0]
            mine = ours(f"{folder}/data", port)
            sample = first.read_bytes()
            python = theirs(port, sample)
        finally:
            sink.terminate()
    facts = machine.facts()
    known = ", ".join(f"{name} {facts[name]}" for name in ("processor", "cores", "memory", "system", "Swift") if name in facts)
    write("\n".join([
        "| who sends, over one connection | letters/s | CPU each | MiB before | MiB at most |",
        "|---|--:|--:|--:|--:|",
        f"| Parvis: text and HTML made, noted before and after in the database | {mine['rate']:,.0f} "
        f"| {mine['cpu'] * 1e6:,.0f} µs | {mine['idle']:.0f} | {mine['peak']:.0f} |",
        f"| Python’s smtplib, the message ready | {python['rate']:,.0f} | {python['cpu'] * 1e6:,.0f} µs | | |",
        "",
        f"{mine['letters']:,} letters of {len(sample):,} bytes to one server that keeps nothing, in one run; {mine['rate'] / python['rate']:.2f}× as many. "
        f"Measured {datetime.date.today()}: {known}. Load average before: {load:.1f}.",
    ]))
    print(mine, python)


main()
