"""Measures the budgets and writes their table between the markers of docs/performance.md."""

import datetime
import http.client
import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "Matching"))
import machine  # noqa: E402

PARVIS, BARE = os.environ["PARVIS"], os.environ["BARE"]
RUNS = int(os.environ.get("RUNS", "5"))
CONNECTIONS, LOAD_SECONDS, ROUNDS = 32, 4, 5
LINES = 10_000
DOCUMENT = Path("docs/performance.md")
BEGIN, END = "<!-- budgets:begin -->", "<!-- budgets:end -->"
TICK = os.sysconf("SC_CLK_TCK")


class Run:
    """One run of a command: what it said, how long it took, what it cost."""

    def __init__(self, *words, code=0):
        with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as complaints:
            start = time.monotonic()
            process = subprocess.Popen([PARVIS, *words], stdout=said, stderr=complaints)
            self.first = None
            while True:
                pid, status, usage = os.wait4(process.pid, os.WNOHANG)
                if self.first is None and (os.fstat(said.fileno()).st_size
                                           or os.fstat(complaints.fileno()).st_size):
                    self.first = time.monotonic() - start
                if pid:
                    break
                time.sleep(0.0005)
            self.wall = time.monotonic() - start
            process.returncode = os.waitstatus_to_exitcode(status)
            self.cpu = usage.ru_utime + usage.ru_stime
            self.memory = usage.ru_maxrss / 1024
            for file in (said, complaints):
                file.seek(0)
            self.said, self.complaints = said.read().decode(), complaints.read().decode()
        if process.returncode != code:
            raise SystemExit(f"parvis {' '.join(words)}: {process.returncode}\n{self.complaints}")

    @property
    def answer(self):
        return json.loads(self.said)


def median(values):
    return statistics.median(values)


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def cpu_of(process):
    fields = Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def memory_of(process):
    status = Path(f"/proc/{process.pid}/status").read_text()
    return int(re.search(r"^VmRSS:\s*(\d+)", status, re.M).group(1)) / 1024


def is_ready(port):
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
        connection.request("GET", "/health/ready")
        return connection.getresponse().status == 200
    except OSError:
        return False


@contextmanager
def serving(*command, port, log):
    """A server that answers, and the seconds it took until it did; ended on the way out."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        while not is_ready(port):
            if process.poll() is not None or time.monotonic() - start > 30:
                raise SystemExit(f"{command[0]} does not answer")
            time.sleep(0.001)
        yield process, time.monotonic() - start
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def measure_play(folder):
    runs = [Run("demo", "--fresh", "--no-serve", "--data", folder) for _ in range(max(3, RUNS // 2))]
    return {"wall": median([run.wall for run in runs]), "cpu": median([run.cpu for run in runs]),
            "memory": median([run.memory for run in runs]), "runs": len(runs)}


def measure_start(folder, log):
    walls, cpus = [], []
    for _ in range(RUNS * 2):
        port = free_port()
        with serving(PARVIS, "serve", "--data", folder, "--port", str(port),
                     port=port, log=log) as (process, wall):
            walls.append(wall)
            cpus.append(cpu_of(process))
    return {"wall": median(walls), "cpu": median(cpus), "runs": len(walls)}


def measure_memory(folder, application, token, log):
    """Resident memory once a server has answered some of everything and is idle again."""
    peaks = []
    for _ in range(3):
        port = free_port()
        with serving(PARVIS, "serve", "--data", folder, "--port", str(port),
                     port=port, log=log) as (process, _):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            headers = {"Authorization": f"Bearer {token}"}
            for path in [f"/v1/applications/{application}", "/v1/editions", "/v1/organisations",
                         "/v1/partners", "/health/live"] * 20:
                connection.request("GET", path, headers=headers)
                answer = connection.getresponse()
                answer.read()
                if answer.status != 200:
                    raise SystemExit(f"{path}: {answer.status}")
            connection.close()
            time.sleep(2)
            peaks.append(memory_of(process))
    return {"memory": median(peaks), "runs": len(peaks)}


def load(process, port, path, token):
    """Requests a second that wrk gets answered, and the server's CPU for each."""
    before = cpu_of(process)
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{LOAD_SECONDS}s", "--latency",
               "-H", f"Authorization: Bearer {token}", f"http://127.0.0.1:{port}{path}"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    cpu = cpu_of(process) - before
    if "Non-2xx" in said or "Socket errors" in said:
        raise SystemExit(said)
    requests = int(re.search(r"(\d+) requests in", said).group(1))
    rate = float(re.search(r"Requests/sec:\s*([\d.]+)", said).group(1))
    return {"rate": rate, "cpu": cpu / requests}


def measure_reading(folder, application, token, log):
    """Parvis and the bare route in turns, so that both meet the same moods of the machine."""
    copy = folder + "-bare.sqlite"
    with sqlite3.connect(f"{folder}/parvis.sqlite") as source, sqlite3.connect(copy) as target:
        source.backup(target)
    ours, theirs = free_port(), free_port()
    results = {"ours": [], "bare": []}
    with serving(PARVIS, "serve", "--data", folder, "--port", str(ours),
                 port=ours, log=log) as (parvis, _), \
            serving(BARE, copy, str(theirs), port=theirs, log=log) as (bare, _):
        for round in range(ROUNDS + 1):
            pair = {"ours": load(parvis, ours, f"/v1/applications/{application}", token),
                    "bare": load(bare, theirs, f"/applications/{application}", token)}
            if round > 0:  # the first warms up
                for name, result in pair.items():
                    results[name].append(result)
    return {name: {"rate": median([one["rate"] for one in all]),
                   "cpu": median([one["cpu"] for one in all])}
            for name, all in results.items()} | {
        "ratio": median([a["rate"] / b["rate"] for a, b in zip(results["ours"], results["bare"])]),
        "cpuRatio": median([b["cpu"] / a["cpu"] for a, b in zip(results["ours"], results["bare"])])}


def measure_command(folder):
    Run("programmes", "editions", "--data", folder)
    runs = [Run("programmes", "editions", "--data", folder) for _ in range(RUNS * 3)]
    return {"wall": median([run.wall for run in runs]), "cpu": median([run.cpu for run in runs]),
            "memory": median([run.memory for run in runs]), "runs": len(runs)}


def roster(bad):
    """A roster as a large company would send it; with `bad`, every tenth line is wrong."""
    regimes = ["mécénat prestation", "mécénat prêt", "temps personnel"]
    lines = ["nom;courriel;langue;regime;service"]
    for number in range(LINES):
        address = f"prenom.nom{number}@exemple-banque.example"
        if bad and number % 10 == 3:
            address = f"prenom.nom{number} chez exemple-banque.example"
        lines.append(f"Prénom Nom{number};{address};{'en' if number % 7 == 0 else 'fr'};"
                     f"{regimes[number % 3]};Systèmes d’information")
    return "\r\n".join(lines).encode("cp1252")


def measure_import(folder):
    """A roster through the command line into an edition that has nobody yet."""
    def ask(*words):
        return Run(*words, "--data", folder, "--json").answer

    Run("init", "--data", folder)
    programme = ask("programmes", "create", "--name", "Essai")["id"]
    today = datetime.date.today()
    edition = ask(
        "programmes", "plan-edition", "--programme", programme, "--name", "Essai", "--theme", "Essai",
        "--territory", "Paris", "--zone", "Europe/Paris", "--format", "on-site",
        "--starts", str(today), "--ends", str(today + datetime.timedelta(days=365)))["id"]
    ask("programmes", "open-edition", edition)
    partner = ask(
        "partners", "register", "--name", "Exemple Banque", "--kind", "company", "--contact",
        json.dumps({"name": "A B", "email": "a.b@exemple-banque.example", "language": "fr"}))[
            "partner"]
    regimes = ["patronage-service", "patronage-secondment", "own-time"]
    ask("partners", "sign-agreement", partner, "--edition", edition, "--signed-on", str(today),
        *[word for regime in regimes for word in ("--regimes", regime)])

    results = {}
    for name, bad in (("good", False), ("bad", True)):
        file = Path(folder + f"-{name}.csv")
        file.write_bytes(roster(bad))
        runs = []
        for number in range(3):
            copy = f"{folder}-{name}-{number}"
            shutil.copytree(folder, copy)
            # A refusal is exit status 65, invalid input.
            run = Run("partners", "import-roster", partner, "--edition", edition,
                      "--csv", f"@{file}", "--data", copy, "--json", code=65 if bad else 0)
            found = json.loads(run.complaints)["fields"] if bad else run.answer["imported"]
            wanted = LINES // 10 if bad else LINES
            if (len(found) if bad else found) != wanted:
                raise SystemExit(f"import: {found}")
            runs.append(run)
            shutil.rmtree(copy)
        results[name] = {
            "first": median([run.first for run in runs]), "wall": median([run.wall for run in runs]),
            "cpu": median([run.cpu for run in runs]),
            "memory": median([run.memory for run in runs]), "runs": len(runs)}
    return results


def seconds(value):
    return f"{value * 1000:.0f} ms" if value < 1 else f"{value:.2f} s"


def row(what, budget, found, kept, cpu="", memory="", note=""):
    return f"| {what} | {budget} | {found} | {'yes' if kept else '**no**'} | {cpu} | {memory} | {note} |"


def document(found):
    play, start, memory = found["play"], found["start"], found["memory"]
    reading, command, imports = found["reading"], found["command"], found["import"]
    lines = [
        "| what | budget | wall, median | kept | CPU | peak MiB | remark |",
        "|---|--:|--:|---|--:|--:|---|",
        row("whole edition played, report written", "5 s", seconds(play["wall"]),
            play["wall"] < 5, seconds(play["cpu"]), f"{play['memory']:.0f}",
            f"{play['runs']} runs"),
        row("server with that edition, from start to ready", "150 ms", seconds(start["wall"]),
            start["wall"] < 0.15, seconds(start["cpu"]), "", f"{start['runs']} runs"),
        row("resident memory of that server, idle after 100 requests", "60 MiB",
            f"{memory['memory']:.0f} MiB", memory["memory"] < 60, "", "", f"{memory['runs']} runs"),
        row(f"one application over HTTP, {CONNECTIONS} connections", "60 % of a bare route",
            f"{reading['ratio']:.0%}", reading["ratio"] >= 0.6,
            f"{reading['ours']['cpu'] * 1e6:.0f} µs", "",
            f"{reading['ours']['rate']:,.0f}/s beside {reading['bare']['rate']:,.0f}/s "
            f"({reading['bare']['cpu'] * 1e6:.0f} µs CPU each; by CPU {reading['cpuRatio']:.0%})"),
        row("`parvis programmes editions`, whole process", "120 ms", seconds(command["wall"]),
            command["wall"] < 0.12, seconds(command["cpu"]), f"{command['memory']:.0f}",
            f"{command['runs']} runs"),
    ]
    for name, what in (("good", f"roster of {LINES:,} lines imported, until the report is shown"),
                       ("bad", f"roster with {LINES // 10:,} bad lines refused, each named")):
        result = imports[name]
        rest = f"; events and letters done after {seconds(result['wall'])}" if name == "good" else ""
        lines.append(row(what, "2 s", seconds(result["first"]), result["first"] < 2,
                         seconds(result["cpu"]), f"{result['memory']:.0f}",
                         f"{result['runs']} runs{rest}"))
    facts = machine.facts()
    known = ", ".join(f"{name} {facts[name]}" for name in
                      ("processor", "cores", "memory", "system", "Swift") if name in facts)
    load_average = found["load"]
    lines += [
        "",
        f"Measured {datetime.date.today()}: {known}. CPU is user and system time of all threads of "
        f"the process; for the HTTP row, of the server for each request. Load average of the machine "
        f"before and after: {load_average[0]:.1f} and {load_average[1]:.1f} (what else runs makes "
        "wall times longer, and CPU times somewhat).",
    ]
    return "\n".join(lines)


def write(text):
    page = DOCUMENT.read_text() if DOCUMENT.exists() else "# Performance\n"
    if BEGIN not in page:
        head, rest = page.split("\n", 1)
        page = f"{head}\n\n## Budgets\n\n{BEGIN}\n{END}\n{rest}"
    before, rest = page.split(BEGIN, 1)
    DOCUMENT.write_text(before + BEGIN + "\n" + text + "\n" + END + rest.split(END, 1)[1])


def main():
    found = {"load": [os.getloadavg()[0]]}
    with tempfile.TemporaryDirectory(prefix="parvis-bench-") as work, \
            open(f"{work}/servers.log", "w") as log:
        played = f"{work}/played"

        def step(name, measure, *arguments):
            print(f"{name} …", file=sys.stderr, flush=True)
            found[name] = measure(*arguments)
            print(f"  {json.dumps(found[name])}", file=sys.stderr, flush=True)

        step("play", measure_play, played)
        token = Run("token", "create", "--role", "manager", "--label", "bench", "--data", played,
                    "--json").answer["token"]
        with sqlite3.connect(f"file:{played}/parvis.sqlite?mode=ro", uri=True) as database:
            application = database.execute(
                "SELECT id FROM applications_application WHERE state = 'confirmed' ORDER BY id"
            ).fetchone()[0]
        step("command", measure_command, played)
        step("start", measure_start, played, log)
        step("memory", measure_memory, played, application, token, log)
        step("reading", measure_reading, played, application, token, log)
        step("import", measure_import, f"{work}/import")
    found["load"].append(os.getloadavg()[0])
    text = document(found)
    write(text)
    print(text)


if __name__ == "__main__":
    main()
