"""A played edition in a folder of its own, and the real program that serves it."""

import atexit
import email
import email.policy
import json
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[3]
PROGRAM = os.environ.get("PARVIS_PROGRAM", str(ROOT / ".build/debug/parvis"))
SEEDS = str(ROOT / "seeds/la-defense-2020")

# What the demonstration calls its people, in the order it prints them.
GUIDES = {
    "programme manager": "manager",
    "administrator": "administrator",
    "association": "member",
    "volunteer": "volunteer",
    "company": "partner",
    "employment agency": "agency",
    "reviewer": "reviewer",
}

# The chapters of the play, in order.
CHAPTERS = ("selection", "accompaniment", "partners", "matching", "missions")

_folder = pathlib.Path(tempfile.mkdtemp(prefix="parvis-web-"))
# PLAYS=folder keeps the plays for the next run: for whoever writes tests, with one program.
_plays = pathlib.Path(os.environ.get("PLAYS") or _folder)
_servers = []


@atexit.register
def _end():
    for server in _servers:
        server.stop()
    shutil.rmtree(_folder, ignore_errors=True)


def _environment(**more):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PARVIS_")}
    return {**kept, "PARVIS_LOG": "warning", **more}


def played(chapter):
    """The folder of a play up to a chapter. Played once, going on from the longest one there is, and
    copied from then on."""
    folder = _plays / f"play-{chapter}"
    if not folder.exists():
        before = CHAPTERS[:CHAPTERS.index(chapter)]
        shorter = next((one for one in reversed([_plays / f"play-{name}" for name in before])
                        if one.exists()), None)
        growing = _plays / f"playing-{chapter}"
        shutil.rmtree(growing, ignore_errors=True)
        if shorter:
            shutil.copytree(shorter, growing)
        subprocess.run(
            [PROGRAM, "demo", "--data", str(growing), "--seeds", SEEDS, "--until", chapter,
             "--no-serve", "--lang", "en"],
            check=True, env=_environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        growing.rename(folder)
    return folder


class Instance:
    """Serves a copy of a play; `guides` are its single-use links by hat."""

    def __init__(self, chapter="missions", host="127.0.0.1"):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix=f"{chapter}-", dir=_folder))
        # The letters of the play are nobody's concern here, and many.
        shutil.copytree(played(chapter), self.folder, dirs_exist_ok=True,
                        ignore=shutil.ignore_patterns("*.eml"))
        self._read, self._letters = set(), []
        self.chapter = chapter
        self._output = open(self.folder / "server.log", "w+")
        # Passkeys belong to a name, so some tests go by one; the port must be known before.
        port, more = 0, {}
        if host != "127.0.0.1":
            port = _free_port()
            more["PARVIS_ORIGIN"] = f"http://{host}:{port}"
        self.process = subprocess.Popen(
            [PROGRAM, "demo", "--data", str(self.folder), "--seeds", SEEDS, "--until", chapter,
             "--port", str(port), "--lang", "en"],
            env=_environment(**more), stdout=subprocess.DEVNULL, stderr=self._output)
        _servers.append(self)
        self.base, self.guides = self._started()

    def _started(self):
        for _ in range(600):
            text = (self.folder / "server.log").read_text()
            address = re.search(r"The portal is at (\S+) until", text)
            links = re.findall(r"^  (.+?)  +(http\S+/look-around/\S+)$", text, re.M)
            if address and "reviewer" in text:
                return address[1], {GUIDES[who]: link for who, link in links}
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        raise AssertionError("the server did not start:\n" + (self.folder / "server.log").read_text())

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(30)
        self._output.close()
        if self in _servers:
            _servers.remove(self)

    # What somebody at the machine can do.

    def parvis(self, *arguments):
        """The answer of a command, which finds the server by itself."""
        done = subprocess.run(
            [PROGRAM, *arguments, "--data", str(self.folder), "--json"],
            env=_environment(), capture_output=True, text=True)
        assert done.returncode == 0, f"parvis {' '.join(arguments)}: {done.stdout}{done.stderr}"
        return json.loads(done.stdout) if done.stdout.strip() else None

    def call(self, method, path, body=None, role="manager", language="en"):
        """One use case over HTTP, by a token of a role."""
        if not hasattr(self, "_tokens"):
            self._tokens = {}
        if role not in self._tokens:
            made = self.parvis("token", "create", "--role", role, "--label", "tests")
            self._tokens[role] = made["token"]
        request = urllib.request.Request(
            self.base + "/v1" + path, method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": "Bearer " + self._tokens[role],
                     "Content-Type": "application/json", "Accept-Language": language})
        try:
            with urllib.request.urlopen(request) as answer:
                return json.loads(answer.read() or "null")
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{method} {path}: {error.code} {error.read().decode()}") from None

    def now(self):
        """The server's time in seconds: a play's clock goes on from its last day."""
        from datetime import datetime
        time = self.parvis("status")["time"]
        return datetime.fromisoformat(time.replace("Z", "+00:00")).timestamp()

    def edition(self):
        return self.call("GET", "/editions")[0]["id"]

    def letters(self, address, wanted=lambda letter: letter.code):
        """What was sent to an address since the server started, the oldest first: sign-in letters
        unless something else is wanted."""
        for file in (self.folder / "mailbox").glob("*.eml"):
            if file.name not in self._read:
                self._read.add(file.name)
                message = email.message_from_bytes(
                    file.read_bytes(), policy=email.policy.default)
                self._letters.append((file.stat().st_mtime_ns, message["To"] or "", Letter(message)))
        return [letter for _, to, letter in sorted(self._letters, key=lambda one: one[0])
                if address in to and wanted(letter)]

    def letter(self, address, after=0, wanted=lambda letter: letter.code):
        """The newest letter to an address, once there are more than `after`."""
        for _ in range(1200):
            letters = self.letters(address, wanted)
            if len(letters) > after and self._is_known(address):
                return letters[-1]
            time.sleep(0.05)
        raise AssertionError(f"no letter came to {address}")

    def _is_known(self, address):
        """Whether what a sign-in letter says counts already: the letter is quicker by a moment."""
        newest = self.rows(
            "SELECT code_hash FROM accounts_link WHERE address = ? AND replaced_at IS NULL ORDER BY asked_at DESC LIMIT 1",
            address)
        return not newest or newest[0][0] is not None

    def change(self, statement, *values):
        """Turns the clock on for one row: what a test cannot wait for."""
        with sqlite3.connect(self.folder / "parvis.sqlite", timeout=10) as database:
            database.execute(statement, values)

    def rows(self, statement, *values):
        with sqlite3.connect(self.folder / "parvis.sqlite", timeout=10) as database:
            return database.execute(statement, values).fetchall()


class Letter:
    def __init__(self, message):
        self.subject = message["Subject"]
        body = message.get_body(("plain",))
        self.text = body.get_content() if body else ""

    @property
    def link(self):
        return re.search(r"https?://\S+", self.text)[0].rstrip(".>")

    def door(self, base):
        """The first link of the portal in it, without what only says where the portal is."""
        links = [one.rstrip(".>)") for one in re.findall(r"https?://\S+", self.text)]
        return next(one for one in links if one.startswith(base) and one.rstrip("/") != base)

    @property
    def code(self):
        found = re.search(r"\b\d{4} \d{4}\b", self.text)
        return found and found[0]


def _free_port():
    import socket
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]
