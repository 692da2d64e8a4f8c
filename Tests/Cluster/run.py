"""Several servers share one database while people use them and some are killed again and again: nothing that was
acknowledged is lost, nothing is done twice, and how soon somebody else goes on is measured.

    KILLS=50    how many times servers are killed, two at a time
    SERVERS=3   how many serve
    PARVIS=…    the program

Run by scripts/test-cluster.sh, which starts the database; letters go to a mail server in this process.
"""

import atexit
import collections
import datetime
import email
import http.client
import itertools
import json
import os
import pathlib
import random
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

from aiosmtpd.controller import Controller

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("PARVIS", str(ROOT / ".build/debug/parvis"))
DATABASE = os.environ["PARVIS_TEST_POSTGRES"]
KILLS = int(os.environ.get("KILLS") or 50)
SERVERS = int(os.environ.get("SERVERS") or 3)
WORKERS = int(os.environ.get("WORKERS", "8"))
SEED = int(os.environ.get("SEED", "1"))
# What a caller puts up with before it gives a command up: longer than any recovery.
PATIENCE = 120

folder = pathlib.Path(tempfile.mkdtemp(prefix="parvis-cluster-"))
data = folder / "data"
environment = {name: value for name, value in os.environ.items() if not name.startswith("PARVIS_")}
environment |= {"PARVIS_LOG": "warning"}
# The day on which the seeds' teams have been published and nobody has answered for good.
SEEDS, OFFERED = ROOT / "seeds/la-defense-2020", datetime.date(2020, 10, 12)


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def parvis(*arguments):
    done = subprocess.run([PROGRAM, *arguments, "--data", str(data), "--json"], env=environment,
                          capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"parvis {' '.join(arguments)}: {done.stdout}{done.stderr}")
    return json.loads(done.stdout) if done.stdout.strip() else None


class Letters:
    """The mail server: who was sent which message how often."""

    def __init__(self):
        self.taken = collections.Counter()
        self.lock = threading.Lock()

    async def handle_DATA(self, server, session, envelope):
        message = email.message_from_bytes(envelope.original_content)
        with self.lock:
            for to in envelope.rcpt_tos:
                self.taken[message["Message-ID"].strip(), to] += 1
        return "250 OK"


class Server:
    """One of those that serve, started again whenever it is killed."""

    def __init__(self, number):
        self.number, self.port, self.watch = number, free_port(), free_port()
        self.log = open(folder / f"server-{number}.log", "a")
        self.process = None

    def start(self):
        self.process = subprocess.Popen(
            [PROGRAM, "serve", "--data", str(data), "--port", str(self.port), "--metrics-port", str(self.watch)],
            env=environment | {"PARVIS_ORIGIN": "http://portal.example"}, stdout=self.log, stderr=self.log,
            start_new_session=True)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def answers(self):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
            connection.request("GET", "/health/ready")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False

    def leads(self):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", self.watch, timeout=5)
            connection.request("GET", "/metrics")
            return b"\nparvis_leads 1" in connection.getresponse().read()
        except (OSError, http.client.HTTPException):
            return False


class Refused(Exception):
    def __init__(self, status, body):
        super().__init__(f"{status} {body}")
        self.status, self.body = status, body


class Caller:
    """Somebody with a token who turns to another server where one does not answer, with the same key."""

    def __init__(self, servers, token, name):
        self.servers, self.token, self.name = servers, token, name
        self.chance = random.Random(f"{SEED}{name}")
        self.numbers = itertools.count()
        self.again = 0

    def call(self, method, path, body=None):
        key = f"{self.name}-{next(self.numbers)}"
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        if method != "GET":
            headers["Idempotency-Key"] = key
        until = time.monotonic() + PATIENCE
        while True:
            server = self.chance.choice(self.servers)
            try:
                connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
                connection.request(method, "/v1" + path, None if body is None else json.dumps(body), headers)
                answer = connection.getresponse()
                text = answer.read()
                connection.close()
                if answer.status < 400:
                    return json.loads(text or "null")
                if answer.status < 500:
                    raise Refused(answer.status, text.decode())
                if answer.status == 500:
                    raise SystemExit(f"{method} {path}: {text.decode()}")
            except (OSError, http.client.HTTPException):
                pass
            if time.monotonic() > until:
                raise SystemExit(f"{method} {path}: no server answered for {PATIENCE} s")
            self.again += 1
            time.sleep(0.05)

    def pages(self, path):
        found, after = [], ""
        while after is not None:
            page = self.call("GET", f"{path}{'&' if '?' in path else '?'}limit=200{after}")
            found += page["items"]
            after = f"&after={page['next']}" if page.get("next") else None
        return found


def database(statement):
    """What the database says itself, as rows of texts."""
    said = subprocess.run(["psql", DATABASE.replace("postgres://parvis@", "postgresql://parvis@"), "-At", "-F", "\t",
                           "-c", statement], capture_output=True, text=True, check=True).stdout
    return [line.split("\t") for line in said.splitlines()]


def seeds_of_today():
    """The seeds with their days moved by whole weeks, so that the offers are of these days."""
    weeks = (datetime.date.today() - OFFERED).days // 7
    moved = folder / "seeds"
    shutil.copytree(SEEDS, moved)

    def later(match):
        return str(datetime.date.fromisoformat(match[0]) + datetime.timedelta(weeks=weeks))

    for file in moved.rglob("*"):
        if file.suffix in {".yaml", ".json", ".csv"}:
            # One of the rosters is not in UTF-8, on purpose.
            text = file.read_text(encoding="latin-1")
            file.write_text(re.sub(r"\b20(?:19|2[0-2])-\d\d-\d\d\b", later, text), encoding="latin-1")
    return moved


def prepare(mail_port):
    """An edition with teams on their way and offers nobody has answered, on the database."""
    subprocess.run([PROGRAM, "demo", "--data", str(data), "--seeds", str(seeds_of_today()), "--until", "matching",
                    "--no-serve"], env=environment, check=True, stdout=subprocess.DEVNULL)
    with sqlite3.connect(data / "parvis.sqlite") as played:
        print("places:", played.execute("SELECT state, COUNT(*) FROM matching_place GROUP BY 1").fetchall(),
              "last day:", datetime.datetime.fromtimestamp(
                  played.execute("SELECT MAX(at) FROM kernel_audit").fetchone()[0] // 1000).date(), flush=True)
    parvis("move", "--database", DATABASE)
    parvis("notifications", "change-settings", "--transport", "smtp", "--host", "127.0.0.1", "--port", str(mail_port),
           "--security", "none", "--sender-address", "bonjour@parvis.example")
    return parvis("token", "create", "--role", "manager", "--label", "load")["token"]


QUESTIONS = [{"key": "purpose", "label": {"en": "What do you do?", "fr": "Que faites-vous ?"}, "kind": "text",
              "required": True, "maximum": 1000}]
CRITERIA = [{"key": "use", "name": {"en": "Use", "fr": "Utilité"}, "weight": 1}]


class Load:
    """What people do meanwhile, and what they were told had been done."""

    def __init__(self, servers, token):
        self.servers, self.token = servers, token
        self.setting = Caller(servers, token, "setting")
        self.lock = threading.Lock()
        self.applications, self.hours, self.answered = {}, {}, {}
        self.refused = collections.Counter()
        self.done = collections.Counter()
        self.over = threading.Event()
        self.faults = []
        self.edition = self.setting.call("GET", "/editions")[0]["id"]
        now = datetime.datetime.fromisoformat(self.setting.call("GET", "/status")["time"].replace("Z", "+00:00"))
        self.today = now.date()
        self.missions = self.setting.pages(f"/editions/{self.edition}/missions")
        for mission in self.missions[: len(self.missions) // 2]:
            try:
                self.setting.call("POST", f"/missions/{mission['id']}/start", {})
            except Refused as refusal:
                self.refused[f"start {refusal.status}"] += 1
        self.call_id = self.setting.call("POST", "/calls", {
            "edition": self.edition, "title": "Under load", "opensOn": str(self.today),
            "closesOn": str(self.today + datetime.timedelta(days=20)), "places": 5, "questions": QUESTIONS,
            "criteria": CRITERIA})["id"]
        self.setting.call("POST", f"/calls/{self.call_id}/opening")
        self.people = [(mission["id"], member["volunteer"]) for mission in self.setting.pages(
            f"/editions/{self.edition}/missions") if mission["state"] == "running"
            for member in self.setting.call("GET", f"/missions/{mission['id']}")["team"]]
        self.offered = []
        self.taken = [place["id"] for place in self.setting.pages(f"/editions/{self.edition}/places?state=confirmed")]

    def apply(self, caller, number):
        """Registers an organisation that is nobody else's and hands an application in, by four commands."""
        word = f"{caller.name}{number}"
        organisation = caller.call("POST", "/organisations", {
            "name": f"Association fictive {word}", "kind": "association", "territory": "FR-IDF",
            "foundedOn": "2010-01-01", "causes": [],
            "contact": {"name": f"Lou Fictif {word}", "email": f"lou@{word}.example", "language": "fr"},
        })["organisation"]
        path = f"/calls/{self.call_id}/applications"
        # One draft for each organisation and call, whoever asks where at once.
        both = [Caller(self.servers, self.token, f"{caller.name}-{number}-{twin}") for twin in "ab"]
        made, threads = [], []

        def begin(one):
            try:
                made.append(one.call("POST", path, {"organisation": organisation})["id"])
            except Refused as refusal:
                self.refused[f"second draft {refusal.status}"] += 1
            except BaseException as fault:  # noqa: BLE001  a thread would keep it to itself
                self.faults.append(f"draft of {word}: {fault!r}")

        for one in both:
            threads.append(threading.Thread(target=begin, args=(one,)))
            threads[-1].start()
        for thread in threads:
            thread.join()
        if len(set(made)) != 1:
            self.faults.append(f"{len(set(made))} drafts of {word}")
        caller.call("PUT", f"/applications/{made[0]}/answers", {"answers": {"purpose": word}})
        caller.call("POST", f"/applications/{made[0]}/submission")
        with self.lock:
            self.applications[made[0]] = word
        self.done["applications"] += 1

    def log(self, caller, number):
        mission, volunteer = caller.chance.choice(self.people)
        note = f"{caller.name}-{number}"
        try:
            entry = caller.call("POST", f"/missions/{mission}/hours", {
                "volunteer": volunteer, "day": str(self.today), "minutes": 15, "note": note, "again": True})
        except Refused as refusal:
            self.refused[f"hours {refusal.status}"] += 1
            return
        with self.lock:
            self.hours[entry["id"]] = (mission, note)
        self.done["hours"] += 1

    def answer(self, caller):
        """Answers an offer, or gives a place up that was taken, so that somebody else is asked."""
        with self.lock:
            place = self.offered.pop() if self.offered else None
        if place is None:
            found = caller.call("GET", f"/editions/{self.edition}/places?state=offered&limit=50")["items"]
            with self.lock:
                self.offered += [one["id"] for one in found if one["id"] not in self.answered]
                place = self.taken.pop() if self.taken else None
            if place is None:
                return
            what, state, body = "withdrawal", "withdrawn", {"reason": "A new job"}
        elif caller.chance.random() < 0.6:
            what, state, body = "confirmation", "confirmed", None
        else:
            what, state, body = "refusal", "declined", {"reason": "No time this year"}
        # Two who say the same at once, to two servers.
        ends, twins = [], [Caller(self.servers, self.token, f"{caller.name}-{place}-{what}-{twin}") for twin in "ab"]

        def say(one):
            try:
                ends.append(one.call("POST", f"/places/{place}/{what}", body) and None)
            except Refused as refusal:
                ends.append(refusal.status)
            except BaseException as fault:  # noqa: BLE001  a thread would keep it to itself
                self.faults.append(f"{what} of {place}: {fault!r}")

        threads = [threading.Thread(target=say, args=(twin,)) for twin in twins]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if None not in ends:
            self.refused[f"{what} {ends[0]}"] += 1
            return
        with self.lock:
            self.answered[place] = state
            if state == "confirmed":
                self.taken.append(place)
        self.done[what] += 1

    def read(self, caller):
        caller.call("GET", caller.chance.choice([
            f"/editions/{self.edition}/hours?limit=50", f"/calls/{self.call_id}/applications?limit=50",
            f"/editions/{self.edition}/places?limit=50", "/status", f"/editions/{self.edition}/report"]))
        self.done["reads"] += 1

    def work(self, name):
        caller = Caller(self.servers, self.token, name)
        try:
            for number in itertools.count():
                if self.over.is_set():
                    break
                chance = caller.chance.random()
                if chance < 0.15:
                    self.apply(caller, number)
                elif chance < 0.75:
                    self.log(caller, number)
                elif chance < 0.85:
                    self.answer(caller)
                else:
                    self.read(caller)
        except (SystemExit, Exception) as fault:  # noqa: BLE001  it is shown, and fails the test
            self.faults.append(f"{name}: {fault!r}")
        self.done["tried again"] += caller.again


def settled(status):
    """Waits until nothing is under way any more."""
    for _ in range(1200):
        now = status()
        if not now["deliveriesPending"] and not now.get("messagesWaiting"):
            return now
        time.sleep(0.25)
    raise SystemExit(f"something waits for ever: {now}")


def percentile(values, part):
    return sorted(values)[min(len(values) - 1, int(len(values) * part))] if values else float("nan")


def main():
    letters = Letters()
    mail = Controller(letters, hostname="127.0.0.1", port=free_port())
    mail.start()
    token = prepare(mail.port)
    servers = [Server(number) for number in range(SERVERS)]
    # However it ends: none of them outlives its database.
    atexit.register(lambda: [server.process.kill() for server in servers
                             if server.process and server.process.poll() is None])
    for server in servers:
        server.start()
    for server in servers:
        while not server.answers():
            if server.process.poll() is not None:
                raise SystemExit((folder / f"server-{server.number}.log").read_text())
            time.sleep(0.05)
    load = Load(servers, token)
    print(f"{len(load.people)} people on running missions, {len(load.taken)} places taken", flush=True)
    workers = [threading.Thread(target=load.work, args=(f"w{number}",)) for number in range(WORKERS)]
    began = time.monotonic()
    for worker in workers:
        worker.start()

    chance = random.Random(SEED)
    answered, led, serving = [], [], []
    probe = Caller(servers, token, "probe")
    killed = 0
    while killed < KILLS and not load.faults:
        time.sleep(chance.uniform(0.5, 2.5))
        victims = chance.sample(servers, min(2, SERVERS - 1, KILLS - killed))
        led_before = any(server.leads() for server in victims)
        for server in victims:
            server.kill()
        killed += len(victims)
        moment = time.monotonic()
        probe.call("GET", "/status")
        answered.append(time.monotonic() - moment)
        if led_before:
            while not any(server.leads() for server in servers if server not in victims):
                if time.monotonic() - moment > PATIENCE:
                    raise SystemExit("nobody took over")
                time.sleep(0.02)
            led.append(time.monotonic() - moment)
        moment = time.monotonic()
        for server in victims:
            server.start()
        while not all(server.answers() for server in victims):
            if any(server.process.poll() is not None for server in victims):
                raise SystemExit("it did not start again: " + (folder / f"server-{victims[0].number}.log").read_text())
            time.sleep(0.02)
        serving.append(time.monotonic() - moment)
        print(f"\r{killed} killed, {sum(load.done.values())} done", end="", flush=True)
    load.over.set()
    for worker in workers:
        worker.join()
    seconds = time.monotonic() - began
    print()
    status = settled(lambda: load.setting.call("GET", "/status"))

    faults = load.faults
    here = {row[0] for row in database("SELECT id FROM applications_application WHERE state <> 'draft'")}
    lost = set(load.applications) - here
    faults += [f"application lost: {one}" for one in lost]
    entries = {row[0]: row[1] for row in database("SELECT id, note FROM missions_hours WHERE note LIKE 'w%-%'")}
    faults += [f"hours lost: {one}" for one in set(load.hours) - set(entries)]
    twice = [note for note, count in collections.Counter(entries.values()).items() if count > 1]
    faults += [f"hours written twice: {note}" for note in twice]
    unknown = set(entries.values()) - {note for _, note in load.hours.values()}
    faults += [f"hours nobody was told of: {note}" for note in unknown]
    states = dict(database("SELECT id, state FROM matching_place"))
    # A place that was taken may have been given up since, by whom it was said to.
    faults += [f"a place was {state} and is {states.get(one)}" for one, state in load.answered.items()
               if states.get(one) != state]
    # Nobody is in two places at once, and no role has more people than seats.
    faults += [f"twice booked: {row}" for row in database(
        "SELECT a.volunteer, a.id, b.id FROM matching_place a JOIN matching_place b ON a.volunteer = b.volunteer "
        "AND a.id < b.id, LATERAL json_array_elements_text(a.half_days::json) h WHERE a.state IN "
        "('offered', 'confirmed') AND b.state IN ('offered', 'confirmed') AND b.half_days LIKE '%' || h || '%'")]
    seats = {role["id"]: role["seats"] for (roles,) in database("SELECT roles FROM accompaniment_brief")
             for role in json.loads(roles)}
    taken = database("SELECT role, COUNT(*) FROM matching_place WHERE state IN ('offered', 'confirmed') GROUP BY 1")
    faults += [f"{count} people on {seats[role]} seats of {role}" for role, count in taken if int(count) > seats[role]]
    faults += [f"two drafts: {row}" for row in database(
        "SELECT call_id, organisation_id, COUNT(*) FROM applications_application GROUP BY 1, 2 HAVING COUNT(*) > 1")]
    for series, table in (("kernel.event", "kernel_event"), ("kernel.audit", "kernel_audit")):
        row = database(f"SELECT COUNT(*), MIN(sequence), MAX(sequence) FROM {table}")[0]
        if int(row[0]) != int(row[2]) - int(row[1]) + 1:
            faults.append(f"{series} has gaps: {row}")
    faults += [f"parked: {row}" for row in database(
        "SELECT event_id, subscriber, fault FROM kernel_delivery WHERE state = 'parked'")]
    same = database("SELECT occasion, recipient, COUNT(*) FROM notifications_message WHERE occasion IS NOT NULL "
                    "GROUP BY 1, 2 HAVING COUNT(*) > 1")
    faults += [f"written twice: {row}" for row in same]
    copies = {one: count for one, count in letters.taken.items() if count > 1}
    marked = {row[0] for row in database(
        "SELECT id FROM notifications_message WHERE fault LIKE 'may have been sent%'")}
    said = len(marked)
    faults += [f"came twice and is not marked: {message} to {to}" for message, to in copies
               if message.strip("<>").split("@")[0] not in marked]
    sent = int(database("SELECT COUNT(*) FROM notifications_message WHERE state = 'sent' AND handed_at IS NULL")[0][0])

    for server in servers:
        server.process.terminate()
    ends = [server.process.wait(40) for server in servers]
    if any(ends):
        faults.append(f"they ended with {ends}")
    mail.stop()
    print(json.dumps({
        "killed": killed, "seconds": round(seconds), "done": dict(load.done), "refused": dict(load.refused),
        "letters": sum(letters.taken.values()), "sent": sent, "cameTwice": len(copies), "saidMayHave": said,
        "events": status["events"],
        "answeredAgainMs": {"p50": round(percentile(answered, .5) * 1000), "p99": round(percentile(answered, .99) * 1000)},
        "ledAgainMs": {"times": len(led), "p50": round(percentile(led, .5) * 1000), "p99": round(percentile(led, .99) * 1000)},
        "servingAgainMs": {"p50": round(percentile(serving, .5) * 1000), "p99": round(percentile(serving, .99) * 1000)},
    }, indent=1))
    for fault in faults[:40]:
        print("FAULT", fault)
    if faults:
        print(f"{len(faults)} faults; see {folder}", file=sys.stderr)
        sys.exit(1)
    shutil.rmtree(folder, ignore_errors=True)


main()
