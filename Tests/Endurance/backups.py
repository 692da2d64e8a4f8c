"""Backups are made while people write: each restores to what was there at one moment between its start and its end.

    BACKUPS=5   how many
    PARVIS_TEST_POSTGRES=…   on that server (scripts/test-postgres.sh -- …), in databases of their own
"""

import os
import shutil
import sqlite3
import subprocess
import time

import support

BACKUPS = int(os.environ.get("BACKUPS") or 5)
SERVER = os.environ.get("PARVIS_TEST_POSTGRES")
place = support.folder("backups")


def database(name):
    """The URL of a new database of that name on the server for tests."""
    subprocess.run(["psql", SERVER, "-qc", f"CREATE DATABASE {name}"], check=True)
    return SERVER.replace("/parvis?", f"/{name}?")


def looked_at(restored):
    """What a restored instance holds, as SQLite: from PostgreSQL it is moved into its folder."""
    if SERVER:
        restored.parvis("move", "--to-file")
    return support.opened(restored.data / "parvis.sqlite")


instance = support.Instance(place / "data")
instance.parvis("init", *(["--database", database("origin")] if SERVER else []))
token = instance.token()
instance.serve()
faults, took, restoring = support.Faults(), [], []
with support.Load(instance, token) as load:
    time.sleep(1)
    for number in range(BACKUPS):
        began = time.monotonic()
        file = instance.parvis("backup", "--to", str(place / "copies"))["file"]
        ended = time.monotonic()
        took.append(ended - began)
        if number % 2:
            # The next begins while this one is looked at: nothing waits for it.
            time.sleep(0.3)
        restored = support.Instance(place / f"restored-{number}")
        moment = time.monotonic()
        restored.parvis("restore", file, *(["--database", database(f"restored_{number}")] if SERVER else []))
        restoring.append(time.monotonic() - moment)
        with looked_at(restored) as copy:
            # What was acknowledged before is there; what came later is looked at by when.
            found, named = support.faults_in(copy, {})
            found += support.cut_faults(load.begun, load.acknowledged, named, began, ended)
        faults += [f"backup {number}: {fault}" for fault in found]
        doctor = restored.run("doctor")
        if doctor.returncode != 0:
            faults.append(f"backup {number}: doctor: {doctor.stdout}")
        shutil.rmtree(restored.data)
        os.unlink(file)
        if SERVER:
            subprocess.run(["psql", SERVER, "-qc", f"DROP DATABASE restored_{number} WITH (FORCE)"], check=True)
        print(f"\r{number + 1} restored", end="", flush=True)
        if faults:
            break
    print()
    faults += load.faults
ended = instance.stop()
faults += [f"it ended with {ended}"] if ended else []
took.sort()
restoring.sort()
support.finish(faults, {
    "backups": len(took), "on": "PostgreSQL" if SERVER else "SQLite", "acknowledged": len(load.acknowledged),
    "tookMs": {"p50": round(took[len(took) // 2] * 1000), "most": round(took[-1] * 1000)},
    "restoreMs": {"p50": round(restoring[len(restoring) // 2] * 1000), "most": round(restoring[-1] * 1000)}}, place)
