"""An instance that is used, and what must hold of it whatever happened to it."""

import atexit
import collections
import contextlib
import http.client
import itertools
import json
import os
import pathlib
import random
import re
import shutil
import sqlite3
import subprocess
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("PARVIS", str(ROOT / ".build/debug/parvis"))
SEED = int(os.environ.get("SEED") or 1)


class Ended(Exception):
    """The program did not do what it was asked."""

    def __init__(self, done):
        super().__init__(f"{done.args[1:]}: {done.returncode} {done.stdout}{done.stderr}")
        self.done = done


class Faults(list):
    """What did not hold, said as soon as it is found."""

    def append(self, fault):
        print("FAULT", fault[:1500], flush=True)
        super().append(fault)

    def extend(self, faults):
        for fault in faults:
            self.append(fault)

    def __iadd__(self, faults):
        self.extend(faults)
        return self


def folder(word):
    return pathlib.Path(tempfile.mkdtemp(prefix=f"parvis-{word}-"))


class Instance:
    def __init__(self, data, variables=None):
        self.data = pathlib.Path(data)
        self.variables = {name: value for name, value in os.environ.items() if not name.startswith("PARVIS_")}
        self.variables |= {"PARVIS_LOG": "error", "PARVIS_CONFIG": "/dev/null"} | (variables or {})
        self.process = self.port = None
        atexit.register(lambda: self.process and self.process.poll() is None and self.kill())

    def run(self, *words, **more):
        """The program to its end, however that is."""
        return subprocess.run([PROGRAM, *words, "--data", str(self.data)], env=self.variables | more.pop("also", {}),
                              capture_output=True, text=True, **more)

    def parvis(self, *words, **more):
        done = self.run(*words, "--json", **more)
        if done.returncode != 0:
            raise Ended(done)
        return json.loads(done.stdout) if done.stdout.strip() else None

    def token(self):
        return self.parvis("token", "create", "--role", "manager", "--label", "load")["token"]

    def serve(self, also=None):
        """Starts a server and waits until it answers; raises `SystemExit` where it ends instead."""
        log = self.data.parent / f"{self.data.name}.log"
        with open(log, "a") as output:
            begin = output.tell()
            self.process = subprocess.Popen(
                [PROGRAM, "serve", "--data", str(self.data), "--port", "0"], env=self.variables | (also or {}),
                stdout=output, stderr=output, start_new_session=True)
        while True:
            said = log.read_bytes()[begin:].decode(errors="replace")
            if found := re.search(r"Parvis answers at http://127\.0\.0\.1:(\d+)", said):
                self.port = int(found[1])
                return
            if self.process.poll() is not None:
                raise SystemExit(f"it does not serve ({self.process.returncode}): {said[-2000:]}")
            time.sleep(0.02)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        self.process.terminate()
        return self.process.wait()

    def request(self, method, path, token, body=None, key=None):
        """Status and answer. Raises `OSError` or `HTTPException` where nobody answers."""
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        if key:
            headers["Idempotency-Key"] = key
        connection = http.client.HTTPConnection("127.0.0.1", self.port or 1, timeout=120)
        try:
            connection.request(method, "/v1" + path, None if body is None else json.dumps(body), headers)
            answer = connection.getresponse()
            text = answer.read()
        finally:
            connection.close()
        return answer.status, json.loads(text) if text else None


class Load:
    """People who write one thing after the other, each until it is acknowledged, and remember when.

    Programmes are a row with its audit and the key of its command; associations are several rows, events and a letter."""

    def __init__(self, instance, token, writers=4, stops_at_refusals=False):
        self.instance, self.token = instance, token
        self.begun, self.acknowledged = {}, {}
        self.over = threading.Event()
        self.paused = threading.Event()
        self.busy = 0
        self.faults, self.again = [], 0
        self.lock = threading.Lock()
        self.threads = [threading.Thread(target=self.write, args=(number,), daemon=True) for number in range(writers)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        for thread in self.threads:
            thread.join()

    def write(self, writer):
        chance = random.Random(f"{SEED}-{writer}")
        for number in itertools.count():
            if self.over.is_set():
                return
            name = f"Load {writer}-{number}"
            kind = "organisation" if chance.random() < 0.25 else "programme"
            self.begun[name] = time.monotonic()
            if self.say(kind, name):
                self.acknowledged[name] = (kind, time.monotonic())

    def say(self, kind, name):
        path, body = ("/programmes", {"name": name}) if kind == "programme" else (
            "/organisations", {
                "name": name, "kind": "association", "territory": "FR-IDF", "foundedOn": "2010-01-01", "causes": [],
                "contact": {"name": name, "email": name.lower().replace(" ", "") + "@load.example", "language": "fr"}})
        tried = 0
        while not self.over.is_set():
            try:
                status, answer = self.instance.request("POST", path, self.token, body, key=f"key {name}")
            except (OSError, http.client.HTTPException, ValueError):
                status = None
            if status is not None and status < 300:
                return True
            if status is not None and status < 500:
                self.faults.append(f"{name}: {status} {answer}")
                return False
            tried += 1
            self.again += 1
            time.sleep(0.02)
        return False


def rows(connection, statement):
    return connection.execute(statement).fetchall()


TABLES = {"programme": "programmes_programme", "organisation": "applications_organisation"}


def faults_in(connection, acknowledged, whole=True):
    """What does not hold of a database: `acknowledged` maps names to their kinds."""
    faults = []
    # All of it at one moment: others may be writing.
    if not connection.in_transaction:
        connection.execute("BEGIN")
    if whole:
        faults += [f"integrity: {row[0]}" for row in rows(connection, "PRAGMA integrity_check") if row[0] != "ok"]
        faults += [f"reference: {row}" for row in rows(connection, "PRAGMA foreign_key_check")]
    there = {kind: [row[0] for row in rows(connection, f"SELECT name FROM {table} WHERE name LIKE 'Load %'")]
             for kind, table in TABLES.items()}
    for kind, names in there.items():
        times = collections.Counter(names)
        faults += [f"{kind} {name} is there {count} times" for name, count in times.items() if count > 1]
        faults += [f"{kind} {name} is lost" for name, is_kind in acknowledged.items()
                   if is_kind == kind and name not in times]
    # A command is its rows, its audit and its key, or nothing.
    said = {row[0]: row[1] for row in rows(connection, "SELECT key, endpoint FROM kernel_idempotency")}
    named = set(there["programme"]) | set(there["organisation"])
    faults += [f"{name} is there without its key" for name in named if f"key {name}" not in said]
    faults += [f"{key} is there without its rows" for key in said if key.startswith("key Load") and key[4:] not in named]
    audited = {row[0] for row in rows(connection, "SELECT row_id FROM kernel_audit_row")}
    for table in TABLES.values():
        faults += [f"{name} is in no audit" for one, name in
                   rows(connection, f"SELECT id, name FROM {table} WHERE name LIKE 'Load %'") if one not in audited]
    for series, table in (("kernel.event", "kernel_event"), ("kernel.audit", "kernel_audit")):
        count, last = rows(connection, f"SELECT COUNT(*), MAX(sequence) FROM {table}")[0]
        noted = rows(connection, f"SELECT last FROM kernel_series WHERE name = '{series}'")
        if count and (count != last or noted != [(last,)]):
            faults.append(f"{series}: {count} rows, the last is {last}, noted is {noted}")
    faults += [f"parked: {row}" for row in rows(
        connection, "SELECT event_id, subscriber, fault FROM kernel_delivery WHERE state = 'parked'")]
    return faults, named


def cut_faults(load_begun, load_acknowledged, named, began, ended):
    """Whether what is there is what was at one moment between these two."""
    load_acknowledged = dict(load_acknowledged)
    faults = [f"{name} was acknowledged before and is missing" for name, (_, at) in load_acknowledged.items()
              if at < began and name not in named]
    faults += [f"{name} was begun afterwards and is there" for name in named if load_begun[name] > ended]
    last_begun = max((load_begun[name] for name in named), default=0)
    # Nothing begun after the acknowledgement of something that is missing may be there.
    faults += [f"{name} is missing, and later ones are there" for name, (_, at) in load_acknowledged.items()
               if name not in named and at < last_begun]
    return faults


def opened(path):
    # Closed at the end of a `with`: a reader that stays keeps the log from being taken in.
    return contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True))


def clear(done):
    """Whether a program that failed ended as one that says what happened."""
    if done.returncode == 0:
        return None
    said = done.stderr + done.stdout
    if done.returncode < 0 or done.returncode > 128:
        return f"{done.args[1:]}: ended by signal {done.returncode}: {said[-500:]}"
    if "Fatal error" in said or not said.strip():
        return f"{done.args[1:]}: {done.returncode} without clear words: {said[-500:]}"
    return None


def finish(faults, what, place):
    print(json.dumps(what))
    for fault in faults[:40]:
        print("FAULT", fault)
    if faults:
        raise SystemExit(f"{len(faults)} faults; see {place}")
    shutil.rmtree(place, ignore_errors=True)
