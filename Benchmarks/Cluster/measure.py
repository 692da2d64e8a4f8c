"""Measures what one, two and three servers on one PostgreSQL database answer a second, beside a server whose data are
in a file and beside pgbench on the same database in the same run, and writes the table between the markers of
docs/scaling.md.

    PARVIS=…     a release build
    SECONDS=5    how long each thing is asked for

Run by `DURABLE=1 scripts/test-postgres.sh -- python3 -B Benchmarks/Cluster/measure.py`.
"""

import contextlib
import datetime
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("BARE", "")
sys.path[:0] = [str(Path(__file__).parent.parent), str(Path(__file__).parent.parent / "House")]
import budgets  # noqa: E402
import machine  # noqa: E402
import measure as house  # noqa: E402

DATABASE = os.environ["PARVIS_TEST_POSTGRES"]
SECONDS = os.environ.get("SECONDS", "5")
DOCUMENT = Path("docs/scaling.md")
BEGIN, END = "<!-- cluster:begin -->", "<!-- cluster:end -->"
CONNECTIONS = 32


def running_again(folder):
    """Opens the play's missions again, so that hours can be logged, and says which lines are asked."""
    with sqlite3.connect(f"{folder}/parvis.sqlite") as database:
        database.execute("UPDATE missions_mission SET state = 'running', closed_at = NULL")
        return house.hours_to_log(database)


def wrk(ports, path, token, script=None):
    """Requests a second of all servers together, each asked by its share of the connections."""
    processes = []
    for port in ports:
        command = ["wrk", "-t1", f"-c{CONNECTIONS // len(ports)}", f"-d{SECONDS}s", "--timeout", "60s", "-H",
                   f"Authorization: Bearer {token}"]
        if script:
            command += ["-s", script(port) if callable(script) else script]
        processes.append(subprocess.Popen(command + [f"http://127.0.0.1:{port}{path}"], stdout=subprocess.PIPE,
                                          text=True))
    total = 0
    for process in processes:
        said = process.communicate()[0]
        if "Non-2xx" in said:
            raise SystemExit(f"{path}\n{said}")
        total += float(re.search(r"Requests/sec:\s*([\d.]+)", said).group(1))
    return total


def served(folder, number, token, lines, work, log):
    ports = [budgets.free_port() for _ in range(number)]
    with contextlib.ExitStack() as stack:
        processes = [stack.enter_context(budgets.serving(
            budgets.PARVIS, "serve", "--data", folder, "--port", str(port), port=port, log=log))[0] for port in ports]
        found = {}
        for name, path in (("one application", PATHS["application"]), ("page of 50 applications", PATHS["page"])):
            house.ask(ports[0], path, token)
            before = sum(map(budgets.cpu_of, processes))
            rate = wrk(ports, path, token)
            cpu = sum(map(budgets.cpu_of, processes)) - before
            found[name] = (rate, cpu / (rate * float(SECONDS)))
        share = len(lines) // number

        def script(port):
            # Each logs lines of its own: the same hours twice are refused.
            part = ports.index(port)
            file = f"{work}/hours-{part}"
            Path(file + ".txt").write_text("\n".join(lines[part * share:(part + 1) * share]) + "\n")
            Path(file + ".lua").write_text(house.LUA % (file + ".txt"))
            return file + ".lua"

        before = sum(map(budgets.cpu_of, processes))
        rate = wrk(ports, "/", token, script)
        found["log hours"] = (rate, (sum(map(budgets.cpu_of, processes)) - before) / (rate * float(SECONDS)))
        return found


def pgbench():
    """Transactions a second of pgbench's simple update and of its selection, with as many clients."""
    address = DATABASE.replace("postgres://", "postgresql://")
    binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1]
    subprocess.run([binaries / "pgbench", "-i", "-q", "-s", "10", address], check=True, capture_output=True)
    found = {}
    for name, flag in (("reads", "-S"), ("writes", "-N")):
        said = subprocess.run([binaries / "pgbench", flag, "-n", "-M", "prepared", "-c", str(CONNECTIONS), "-j", "2",
                               "-T", SECONDS, address], check=True, capture_output=True, text=True).stdout
        found[name] = float(re.search(r"tps = ([\d.]+)", said).group(1))
    return found


PATHS = {}


def main():
    with tempfile.TemporaryDirectory(prefix="parvis-cluster-") as work, open(f"{work}/servers.log", "w") as log:
        folder = f"{work}/played"
        budgets.Run("demo", "--fresh", "--no-serve", "--data", folder)
        lines = running_again(folder)
        requests = house.requests(folder)
        PATHS["application"], PATHS["page"] = requests["one application"], requests["page of 50 applications"]
        token = budgets.Run("token", "create", "--role", "administrator", "--label", "bench", "--data", folder,
                            "--json").answer["token"]
        rows = {}
        for number in (0, 1, 2, 3):
            copy = f"{work}/{number}"
            shutil.copytree(folder, copy)
            if number:
                schema = f"{DATABASE}&options=-csearch_path%3Dbench{number}"
                budgets.Run("move", "--data", copy, "--database", schema)
            rows[number] = served(copy, max(number, 1), token, lines, work, log)
            print(number, rows[number], file=sys.stderr, flush=True)
        bench = pgbench()
    names = {0: "one server, a file (SQLite)", 1: "one server, PostgreSQL", 2: "two servers", 3: "three servers"}
    kinds = list(rows[0])
    table = ["| | " + " | ".join(kinds) + " |", "|---|" + "--:|" * len(kinds)]
    for number, found in rows.items():
        table.append(f"| {names[number]} | " + " | ".join(
            f"{found[kind][0]:,.0f}/s, {found[kind][1] * 1e6:,.0f} µs" for kind in kinds) + " |")
    table.append(f"| pgbench, prepared | {bench['reads']:,.0f}/s (`-S`) | | {bench['writes']:,.0f}/s (`-N`) |")
    facts = machine.facts()
    known = ", ".join(f"{name} {facts[name]}" for name in ("processor", "cores", "memory", "system") if name in facts)
    table += ["", f"Requests a second over {CONNECTIONS} connections, and CPU of the servers for each; servers, database "
              f"and those who ask share the machine's cores, so that more servers cannot answer more here: what the "
              f"table shows is what a server costs beside others. Measured {datetime.date.today()}: {known}; load "
              f"average at the end {os.getloadavg()[0]:.1f}."]
    page = DOCUMENT.read_text()
    before, rest = page.split(BEGIN, 1)
    DOCUMENT.write_text(before + BEGIN + "\n" + "\n".join(table) + "\n" + END + rest.split(END, 1)[1])
    print("\n".join(table))


if __name__ == "__main__":
    main()
