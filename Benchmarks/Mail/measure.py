"""Sends 10,000 letters through a mail server that keeps nothing, and as many messages of the same size by Python's smtplib over as
many connections to the same server, in one run; writes the table between the markers of docs/performance.md. How busy the server
was says whether it was the limit.

    PARVIS       the program to measure (a release build)
    LETTERS      how many (10000)
    CONNECTIONS  over how many connections, one after the other ("1 4")
"""
import datetime
import json
import os
import smtplib
import socket
import subprocess
import sys
import tempfile
import threading
import time
from multiprocessing import Process
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "Matching"))
import machine  # noqa: E402

PARVIS, LETTERS = os.environ["PARVIS"], int(os.environ.get("LETTERS", "10000"))
CONNECTIONS = [int(word) for word in os.environ.get("CONNECTIONS", "1 4").split()]
DOCUMENT = HERE.parent.parent / "docs/performance.md"
BEGIN, END = "<!-- mail:begin -->", "<!-- mail:end -->"
TICK = os.sysconf("SC_CLK_TCK")


def ask(folder, *words):
    done = subprocess.run([PARVIS, *words, "--data", folder, "--json"], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"parvis {' '.join(words)}: {done.stderr}")
    return json.loads(done.stdout)


def prepare(folder, port, connections):
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
        "--security", "none", "--connections", str(connections), "--sender-address", "bonjour@house.example", "--portal", "https://parvis.house.example")
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


def ours(folder, port, sink):
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
                begun, spent, first, busy = time.monotonic(), cost(server.pid), count, cost(sink)
            if count >= waiting:
                break
            time.sleep(0.05)
        wall, spent = time.monotonic() - begun, cost(server.pid) - spent
        return dict(rate=(waiting - first) / wall, cpu=spent / (waiting - first), idle=idle, busy=(cost(sink) - busy) / wall,
                    peak=memory(server.pid, "VmHWM"), letters=waiting)
    finally:
        server.terminate()
        server.wait()


def send(port, sample, numbers):
    client = smtplib.SMTP("127.0.0.1", port)
    client.ehlo("house.example")
    for number in numbers:
        message = sample.replace(b"Message-ID: <", f"Message-ID: <{number:05}".encode(), 1)
        client.sendmail("bonjour@house.example", [f"prenom.nom{number}@exemple-banque.example"], message)
    client.quit()


def theirs(port, sample, connections, sink, kind):
    """smtplib in as many threads, or processes, as there are connections."""
    parts = [kind(target=send, args=(port, sample, range(one, LETTERS, connections))) for one in range(connections)]
    begun, busy, spent = time.monotonic(), cost(sink), sum(os.times()[:4])
    for part in parts:
        part.start()
    for part in parts:
        part.join()
    wall = time.monotonic() - begun
    return dict(rate=LETTERS / wall, cpu=(sum(os.times()[:4]) - spent) / LETTERS, busy=(cost(sink) - busy) / wall)


def write(text):
    page = DOCUMENT.read_text()
    if BEGIN not in page:
        page = page.rstrip("\n") + f"\n\n## Letters\n\n{BEGIN}\n{END}\n"
    before, rest = page.split(BEGIN, 1)
    _, after = rest.split(END, 1)
    DOCUMENT.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}")


def main():
    rows, load = [], os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        first = Path(folder) / "first.eml"
        sink = subprocess.Popen([sys.executable, str(HERE / "sink.py"), str(first)], stdout=subprocess.PIPE, text=True)
        try:
            port = int(sink.stdout.readline())
            for connections in CONNECTIONS:
                data = f"{folder}/data-{connections}"
                prepare(data, port, connections)
                mine = ours(data, port, sink.pid)
                sample = first.read_bytes()
                python = theirs(port, sample, connections, sink.pid, threading.Thread)
                rows += [("Parvis", connections, mine), ("smtplib", connections, python)]
                print(connections, mine, python, flush=True)
                if connections > 1:
                    rows.append(("smtplib, a process each", connections, theirs(port, sample, connections, sink.pid, Process)))
                    print(rows[-1], flush=True)
        finally:
            sink.terminate()
    facts = machine.facts()
    known = ", ".join(f"{name} {facts[name]}" for name in ("processor", "cores", "memory", "system", "Swift") if name in facts)
    lines = ["| who sends | connections | letters/s | CPU each | server busy | MiB before | MiB at most |", "|---|--:|--:|--:|--:|--:|--:|"]
    for name, connections, one in rows:
        memories = f"{one['idle']:.0f} | {one['peak']:.0f}" if "idle" in one else " | "
        lines.append(f"| {name} | {connections} | {one['rate']:,.0f} | {one['cpu'] * 1e6:,.0f} µs | {one['busy']:.0%} of a core | {memories} |")
    write("\n".join(lines + [
        "",
        f"{rows[0][2]['letters']:,} letters of {len(sample):,} bytes to one server that keeps nothing (`Benchmarks/Mail/sink.py`), in one run. Parvis makes text and HTML, seals the link, and notes each letter before and after in the "
        f"database, on the disk; smtplib has its message ready. Measured {datetime.date.today()}: {known}. Load average before: {load:.1f}.",
    ]))


main()
