#!/usr/bin/env python3
"""Keeps the schema of this program with some rows, as the tests migrate it ever after: scripts/keep-schema.py VERSION

Writes Tests/CLITests/Schemas/VERSION.sql, a statement after the other with a line `--` between them. Run it at each
release, with the program of that release (PARVIS=…; that of the last build otherwise). What it writes is never edited."""

import os
import pathlib
import sqlite3
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
PROGRAM = os.environ.get("PARVIS", str(ROOT / ".build/debug/parvis"))
KEPT = ROOT / "Tests/CLITests/Schemas" / f"{sys.argv[1]}.sql"
# What everybody who reads the repository may know, and nothing of this machine.
WORDS = [
    ["programmes", "create", "--name", "Programme fictif"],
    ["applications", "register-organisation", "--input", """{"name": "Association fictive", "kind": "association",
      "territory": "FR-IDF", "foundedOn": "2010-01-01", "causes": [],
      "contact": {"name": "Lou Fictif", "email": "lou@exemple.example", "language": "fr"}}"""],
    ["settings", "change", "--zone", "Europe/Paris"],
]


def main():
    if KEPT.exists():
        raise SystemExit(f"{KEPT} is there: a schema that was kept is never written anew")
    with tempfile.TemporaryDirectory() as folder:
        data = folder + "/data"
        variables = {"PATH": os.environ["PATH"], "PARVIS_CONFIG": "/dev/null", "LANG": "C"}

        def parvis(*words):
            done = subprocess.run([PROGRAM, *words, "--data", data], env=variables, capture_output=True, text=True)
            if done.returncode:
                raise SystemExit(f"parvis {' '.join(words)}: {done.stdout}{done.stderr}")

        parvis("init")
        for words in WORDS:
            parvis(*words)
        with sqlite3.connect(data + "/parvis.sqlite") as database:
            # Keys of an instance are nobody's to read, not even of one that is gone.
            for table in ("accounts_key", "accounts_founding"):
                database.execute(f"DELETE FROM {table}")
            KEPT.parent.mkdir(exist_ok=True)
            KEPT.write_text("\n--\n".join(
                statement for statement in database.iterdump() if statement not in ("BEGIN TRANSACTION;", "COMMIT;")))


main()
