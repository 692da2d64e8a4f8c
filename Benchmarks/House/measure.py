"""Measures what requests cost, on the played instance and on those grown from it, and writes the table between
the markers of docs/performance.md.

    TIMES=10,100  which instances to grow (grow.py)
    SECONDS=3     how long each request is asked for
"""

import datetime
import http.client
import json
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent)]
import budgets  # noqa: E402
import grow  # noqa: E402
import machine  # noqa: E402

TIMES = [int(times) for times in os.environ.get("TIMES", "10,100").split(",") if times]
SECONDS = os.environ.get("SECONDS", "3")
CONNECTIONS = 32
BEGIN, END = "<!-- house:begin -->", "<!-- house:end -->"
PAGE = 16  # as many as the smallest list of the played instance has

# What each request may cost (ms of CPU); nothing where only its growth counts.
TARGETS = {
    "one application": 0.26, "page of 50 applications": 0.8, "mission with team": 0.35,
    "hours of a mission": 0.7, "log hours": 0.7, "/openapi.json": 0.1, "report show": 10,
    "report document": 20,
}
# With a hundred times the data the whole report may take this long; every other request half as long
# again as on the played instance.
REPORT_AT_100 = 200
GROWTH = 1.5
MEMORY = 150
# These answer with everything there is, and so grow with it.
WHOLE = {"report show", "report document", "ranking", "queues"}
# These take so long that of many at once none would end in time: they are asked one after the other.
ALONE = {"report show", "report document"}


def one(database, sql, *values):
    return database.execute(sql, values).fetchone()[0]


def requests(folder):
    with sqlite3.connect(f"file:{folder}/parvis.sqlite?mode=ro", uri=True) as database:
        application = one(database, "SELECT id FROM applications_application "
                          "WHERE state = 'confirmed' ORDER BY drafted_at, id LIMIT 1")
        call = one(database, "SELECT call_id FROM applications_application LIMIT 1")
        edition = one(database, "SELECT edition_id FROM missions_mission LIMIT 1")
        # The mission with the number of entries next to 50.
        mission = one(database, "SELECT mission FROM missions_hours GROUP BY mission "
                      "ORDER BY ABS(COUNT(*) - 50), mission LIMIT 1")
        organisation = one(database, "SELECT organisation_id FROM applications_application "
                           "WHERE id = ?", application)
        volunteer = one(database, "SELECT volunteer FROM missions_member WHERE mission = ? LIMIT 1",
                        mission)
    return {
        "one application": f"/v1/applications/{application}",
        "page of 50 applications": f"/v1/calls/{call}/applications?limit=50",
        f"page of {PAGE} applications": f"/v1/calls/{call}/applications?limit={PAGE}",
        "one organisation": f"/v1/organisations/{organisation}",
        f"page of {PAGE} organisations": f"/v1/organisations?limit={PAGE}",
        f"page of {PAGE} missions": f"/v1/editions/{edition}/missions?limit={PAGE}",
        "mission with team": f"/v1/missions/{mission}",
        "hours of a mission": f"/v1/missions/{mission}/hours",
        "hours of a volunteer": f"/v1/volunteers/{volunteer}/hours",
        "page of 50 hours": f"/v1/editions/{edition}/hours?limit=50",
        "page of 50 places": f"/v1/editions/{edition}/places?limit=50",
        "page of 50 volunteers": f"/v1/editions/{edition}/volunteers?limit=50",
        "page of 50 messages": f"/v1/messages?limit=50",
        "page of 50 events": "/v1/events?limit=50",
        "page of 50 audit lines": "/v1/audit?limit=50",
        "queues": f"/v1/calls/{call}/queues",
        "ranking": f"/v1/calls/{call}/ranking",
        "status": "/v1/status",
        "/openapi.json": "/openapi.json",
        "report show": f"/v1/editions/{edition}/report",
        "report document": f"/v1/editions/{edition}/report/document",
    }


def ask(port, path, token):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers={"Authorization": f"Bearer {token}"})
    answer = connection.getresponse()
    size = len(answer.read())
    connection.close()
    if answer.status != 200:
        raise SystemExit(f"{path}: {answer.status}")
    return size


def wrk(process, port, path, token, script=None):
    """CPU of the server for each request, and requests a second."""
    before = budgets.cpu_of(process)
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--timeout", "60s",
               "-H", f"Authorization: Bearer {token}"]
    if script:
        command += ["-s", script]
    said = subprocess.run(command + [f"http://127.0.0.1:{port}{path}"], capture_output=True,
                          text=True, check=True).stdout
    cpu = budgets.cpu_of(process) - before
    if "Non-2xx" in said:
        raise SystemExit(f"{path}\n{said}")
    number = int(budgets.re.search(r"(\d+) requests in", said).group(1))
    rate = float(budgets.re.search(r"Requests/sec:\s*([\d.]+)", said).group(1))
    # What is still under way at the end has cost something too, and is not counted.
    return {"cpu": cpu / max(number, 1) * 1000, "rate": rate, "number": number}


def one_by_one(process, port, path, token, number=10):
    """The same of some requests after each other."""
    before, began = budgets.cpu_of(process), time.monotonic()
    for _ in range(number):
        ask(port, path, token)
    return {"cpu": (budgets.cpu_of(process) - before) / number * 1000,
            "rate": number / (time.monotonic() - began), "number": number}


def high_water(process):
    status = Path(f"/proc/{process.pid}/status").read_text()
    return int(budgets.re.search(r"^VmHWM:\s*(\d+)", status, budgets.re.M).group(1)) / 1024


def measure_reading(folder, token, log):
    port = budgets.free_port()
    found = {}
    with budgets.serving(budgets.PARVIS, "serve", "--data", folder, "--port", str(port), port=port,
                         log=log) as (process, _):
        for name, path in requests(folder).items():
            size = ask(port, path, token)
            measured = (one_by_one if name in ALONE else wrk)(process, port, path, token)
            found[name] = measured | {"bytes": size}
            print(f"  {name}: {measured['cpu']:.3f} ms", file=sys.stderr, flush=True)
        found["memory"] = high_water(process)
    return found


LUA = """
local bodies, place = {}, 0
for line in io.lines("%s") do bodies[#bodies + 1] = line end
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
request = function()
  place = place %% #bodies + 1
  local mission, body = bodies[place]:match("^(%%S+) (.*)$")
  return wrk.format(nil, "/v1/missions/" .. mission .. "/hours", nil, body)
end
"""


def hours_to_log(database):
    """Lines of a mission and an entry, a quarter of an hour each, so that no limit is met."""
    people = database.execute(
        "SELECT m.mission, m.volunteer, MAX(h.day) FROM missions_member m JOIN missions_hours h "
        "ON h.mission = m.mission AND h.volunteer = m.volunteer WHERE m.left_at IS NULL "
        "AND m.regime <> 'job-seeker' AND h.state = 'validated' AND h.minutes > 0 "
        "GROUP BY m.mission, m.volunteer ORDER BY m.id LIMIT 200").fetchall()
    lines = []
    for back in range(60):
        for mission, volunteer, last in people:
            day = datetime.date.fromisoformat(last) - datetime.timedelta(days=back)
            lines.append(mission + " " + json.dumps(
                {"volunteer": volunteer, "day": str(day), "minutes": 15, "again": True}))
    return lines


def measure_logging(folder, token, log, work):
    """Hours logged for missions that run again."""
    with sqlite3.connect(f"{folder}/parvis.sqlite") as database:
        database.execute("UPDATE missions_mission SET state = 'running', closed_at = NULL")
        lines = hours_to_log(database)
    file, script = f"{work}/hours.txt", f"{work}/hours.lua"
    Path(file).write_text("\n".join(lines) + "\n")
    Path(script).write_text(LUA % file)
    port = budgets.free_port()
    with budgets.serving(budgets.PARVIS, "serve", "--data", folder, "--port", str(port), port=port,
                         log=log) as (process, _):
        mission, body = lines[0].split(" ", 1)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("POST", f"/v1/missions/{mission}/hours", body=body, headers={
            "Authorization": f"Bearer {token}", "Content-Type": "application/json"})
        answer = connection.getresponse()
        said = answer.read().decode()
        if answer.status != 200:
            raise SystemExit(f"log hours: {answer.status} {said}")
        return wrk(process, port, "/", token, script)


def measure_bare(folder, log, work):
    copy = f"{work}/bare.sqlite"
    with sqlite3.connect(f"{folder}/parvis.sqlite") as source, sqlite3.connect(copy) as target:
        source.backup(target)
        application = one(target, "SELECT id FROM applications_application "
                          "WHERE state = 'confirmed' ORDER BY drafted_at, id LIMIT 1")
    port = budgets.free_port()
    with budgets.serving(budgets.BARE, copy, str(port), port=port, log=log) as (process, _):
        wrk(process, port, f"/applications/{application}", "none")
        return wrk(process, port, f"/applications/{application}", "none")


def milliseconds(value):
    return f"{value * 1000:,.0f} µs" if value < 1 else f"{value:,.1f} ms"


def document(found):
    instances = ["played"] + [f"×{times}" for times in TIMES]
    last = instances[-1]
    lines = [
        "| request | target | " + " | ".join(instances) + " | growth | kept |",
        "|---|--:|" + "--:|" * len(instances) + "--:|---|",
    ]

    def kept(name, values):
        small, large = values[0], values[-1]
        if name in TARGETS and small > TARGETS[name]:
            return False
        if name == "report show":
            return large <= REPORT_AT_100
        return name in WHOLE or large <= GROWTH * small

    for name in list(found["played"]):
        if name == "memory":
            continue
        values = [found[instance][name]["cpu"] for instance in instances]
        target = f"≤ {milliseconds(TARGETS[name])}" if name in TARGETS else ""
        # Of a page that the played instance cannot fill only those that are full are compared.
        if name == "page of 50 applications":
            values[0] = values[1] if len(values) > 1 else values[0]
        growth = "" if name in WHOLE else f"{values[-1] / values[0]:.1f}×"
        cells = " | ".join(milliseconds(value) for value in values)
        lines.append(f"| {name} | {target} | {cells} | {growth} | "
                     f"{'yes' if kept(name, values) else '**no**'} |")
    play, bare = found["play"], found["bare"]
    lines.append(f"| play of the whole edition | ≤ 3 s | {play:.1f} s |" + " |" * len(TIMES)
                 + f" | {'yes' if play <= 3 else '**no**'} |")
    cells = " | ".join(f"{found[instance]['memory']:.0f} MiB" for instance in instances)
    lines.append(f"| memory at most, whatever was asked | ≤ {MEMORY} MiB | {cells} | | "
                 f"{'yes' if found[last]['memory'] <= MEMORY else '**no**'} |")
    ours = found["played"]["one application"]
    facts = machine.facts()
    known = ", ".join(f"{name} {facts[name]}" for name in
                      ("processor", "cores", "memory", "system", "Swift") if name in facts)
    rates = ", ".join(f"{found[instance]['log hours']['rate']:,.0f}/s ({instance})"
                      for instance in instances)
    lines += [
        "",
        f"CPU of the server for each request, {CONNECTIONS} connections. In the same run the bare route "
        f"cost {bare['cpu'] * 1000:.0f} µs ({bare['rate']:,.0f}/s): one application is "
        f"{bare['cpu'] / ours['cpu']:.0%} of it by CPU, {ours['rate'] / bare['rate']:.0%} by requests a "
        f"second. Hours logged, each on the disk before it is answered: {rates}. ×{TIMES[-1] if TIMES else 1} "
        f"is made by `Benchmarks/House/grow.py`: {found['counts']}.",
        "",
        f"Measured {datetime.date.today()}: {known}. Load average of the machine before and after: "
        f"{found['load'][0]:.1f} and {found['load'][1]:.1f}.",
    ]
    return "\n".join(lines)


def counts(folder):
    with sqlite3.connect(f"file:{folder}/parvis.sqlite?mode=ro", uri=True) as database:
        return ", ".join(f"{one(database, f'SELECT COUNT(*) FROM {table}'):,} {name}" for table, name in (
            ("applications_application", "applications"), ("partners_volunteer", "volunteers"),
            ("missions_hours", "entries of hours"), ("missions_mission", "missions"),
            ("notifications_message", "messages"), ("kernel_event", "events")))


def write(text):
    page = budgets.DOCUMENT.read_text()
    if BEGIN not in page:
        page = page.replace("## Matching\n", f"## Requests\n\n{BEGIN}\n{END}\n\n## Matching\n", 1)
    before, rest = page.split(BEGIN, 1)
    budgets.DOCUMENT.write_text(before + BEGIN + "\n" + text + "\n" + END + rest.split(END, 1)[1])


def main():
    found = {"load": [os.getloadavg()[0]]}
    with tempfile.TemporaryDirectory(prefix="parvis-house-") as work, \
            open(f"{work}/servers.log", "w") as log:
        played = f"{work}/played"
        plays = [budgets.Run("demo", "--fresh", "--no-serve", "--data", played) for _ in range(2)]
        found["play"] = statistics.median(run.cpu for run in plays)
        print(f"play: {found['play']:.1f} s", file=sys.stderr, flush=True)
        token = budgets.Run("token", "create", "--role", "administrator", "--label", "bench", "--data",
                            played, "--json").answer["token"]
        folders = {"played": played}
        for times in TIMES:
            folders[f"×{times}"] = f"{work}/times-{times}"
            grow.grow(played, folders[f"×{times}"], times)
        for name, folder in folders.items():
            print(name, file=sys.stderr, flush=True)
            found[name] = measure_reading(folder, token, log)
            if name == "played":
                found["bare"] = measure_bare(folder, log, work)
                print(f"  bare: {found['bare']['cpu']:.3f} ms", file=sys.stderr, flush=True)
            found[name]["log hours"] = measure_logging(folder, token, log, work)
            print(f"  {json.dumps(found[name]['log hours'])}", file=sys.stderr, flush=True)
        found["counts"] = counts(folders[list(folders)[-1]])
    found["load"].append(os.getloadavg()[0])
    text = document(found)
    write(text)
    print(text)


if __name__ == "__main__":
    main()
