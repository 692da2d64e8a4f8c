"""Makes a large instance out of a played one, by copying its rows under other identifiers.

    python3 grow.py PLAYED TARGET TIMES

`TIMES` 100 gives 10,000 applications, 60,000 volunteers and 100,000 entries of hours in one edition, and
what goes with them; 10 a tenth of it. Everybody in a copy is as invented as in the original.
"""

import re
import shutil
import sqlite3
import sys
from pathlib import Path

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")

# What an instance of 1 has, and so what one of 100 has a hundred times.
APPLICATIONS, VOLUNTEERS, HOURS = 100, 600, 1000

# The tables that are copied, and with which of the three they grow. A table that is not named here (the
# edition, its call, partners, rules, settings) stays as it is.
GROWN = {
    "applications": ["applications_organisation", "applications_member", "applications_application",
                     "applications_review"],
    "volunteers": ["partners_volunteer"],
    "hours": ["accompaniment_journey", "accompaniment_need", "accompaniment_invitation",
              "accompaniment_brief", "accompaniment_follow_up", "matching_place", "missions_mission",
              "missions_member", "missions_session", "missions_presence", "missions_milestone",
              "missions_risk", "missions_hours", "missions_deliverable", "missions_evaluation",
              "notifications_message", "kernel_event", "kernel_delivery", "kernel_audit",
              "kernel_audit_row"],
}
# Numbers of which no two rows have the same.
NUMBERED = {"sequence", "position", "number"}
# Where the numbers of a series are; it goes on behind the largest.
SERIES = {"kernel.event": ("kernel_event", "sequence"), "kernel.audit": ("kernel_audit", "sequence"),
          "notifications.message": ("notifications_message", "position"),
          "partners.volunteer": ("partners_volunteer", "sequence"),
          "matching.place": ("matching_place", "number")}
UNIQUE_TEXT = {"email", "occasion", "ticket"}
# What nobody can have twice, and nobody needs.
LEFT_OUT = {"siren", "nic", "rna"}


def columns(database, table):
    return [row[1] for row in database.execute(f"PRAGMA table_info({table})")]


def copied(identifier, number):
    """The identifier of the same thing in copy `number`."""
    return identifier[:-4] + format(int(identifier[-4:], 16) ^ number, "04x")


def ordered(text, number):
    """Where a name with a number behind it stands in the alphabet; as the program would say it."""
    words, _, small = text.partition("\x01")
    return f"{words} {number:012d}\x01{small} {number}"[:200]


def grow(played, target, times):
    shutil.rmtree(target, ignore_errors=True)
    Path(target).mkdir(parents=True)
    for name in Path(played).iterdir():
        if name.is_dir() and name.name in ("mailbox", "backups", "reports"):
            continue
        if name.name.startswith("parvis.sqlite"):
            continue
        (shutil.copytree if name.is_dir() else shutil.copy)(name, Path(target) / name.name)
    with sqlite3.connect(f"{played}/parvis.sqlite") as source, \
            sqlite3.connect(f"{target}/parvis.sqlite") as database:
        source.backup(database)
    database = sqlite3.connect(f"{target}/parvis.sqlite", isolation_level=None)
    for pragma in ("journal_mode = WAL", "synchronous = OFF", "foreign_keys = OFF",
                   "cache_size = -200000"):
        database.execute(f"PRAGMA {pragma}")

    def count(table):
        return database.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]

    copies = {
        "applications": -(-times * APPLICATIONS // count("applications_application")),
        "volunteers": -(-times * VOLUNTEERS // count("partners_volunteer")),
        "hours": -(-times * HOURS // count("missions_hours")),
    }
    own = set()
    for tables in GROWN.values():
        for table in tables:
            if "id" in columns(database, table):
                own.update(row[0] for row in database.execute(f"SELECT id FROM {table}"))
    # The roles of a mission are within its brief.
    for (roles,) in database.execute("SELECT roles FROM accompaniment_brief"):
        own.update(UUID.findall(roles))

    database.execute("BEGIN")
    for kind, tables in GROWN.items():
        for table in tables:
            copy(database, table, copies[kind], own)
            print(f"{table}: {count(table):,}", file=sys.stderr, flush=True)
    for series, (table, column) in SERIES.items():
        database.execute(f"UPDATE kernel_series SET last = (SELECT MAX({column}) FROM {table}) "
                         "WHERE name = ? OR name LIKE ?", (series, series + ".%"))
    database.execute("COMMIT")
    # No statistics: whoever has data that grew by itself has none either.
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    broken = database.execute("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise SystemExit(f"broken references: {broken[:3]}")
    database.close()


def copy(database, table, copies, own):
    names = columns(database, table)
    rows = database.execute(f"SELECT * FROM {table}").fetchall()
    strides = {}
    for index, name in enumerate(names):
        if name in NUMBERED and rows:
            values = [row[index] for row in rows if row[index] is not None]
            strides[index] = (max(values) if values else 0) + 1
    # Events of all copies share one numbering, their deliveries and the rows of the audit follow it.
    for other in ("kernel_event", "kernel_audit"):
        if table in (other, f"{other}_row") or (table, other) == ("kernel_delivery", "kernel_event"):
            last = database.execute(
                "SELECT last FROM kernel_series WHERE name = ?",
                (other.replace("_", "."),)).fetchone()[0]
            strides = {index: last for index in strides}
    named = {index for index, name in enumerate(names)
             if (table, name) in (("applications_organisation", "name"), ("missions_mission", "title"),
                                  ("accompaniment_brief", "title"), ("matching_place", "brief_title"),
                                  ("missions_mission", "organisation_name"))}
    orders = {index for index, name in enumerate(names)
              if name in ("name_order", "organisation_order", "title_order", "name_folded")}
    texts = {index for index, name in enumerate(names) if name in UNIQUE_TEXT}

    def mapped(row, number):
        made = []
        for index, value in enumerate(row):
            if value is None or names[index] in LEFT_OUT:
                made.append(None)
            elif index in strides:
                made.append(value + number * strides[index])
            elif isinstance(value, str):
                if index in texts:
                    value = f"c{number}." + value
                elif index in named:
                    value = f"{value} {number}"
                elif index in orders:
                    value = (f"{value} {number}" if names[index] == "name_folded"
                             else ordered(value, number))
                else:
                    value = UUID.sub(
                        lambda found: copied(found[0], number) if found[0] in own else found[0],
                        value)
                made.append(value)
            else:
                made.append(value)
        return made

    marks = ", ".join("?" for _ in names)
    for number in range(1, copies):
        database.executemany(f"INSERT INTO {table} VALUES ({marks})",
                             [mapped(row, number) for row in rows])


if __name__ == "__main__":
    grow(sys.argv[1], sys.argv[2], int(sys.argv[3]))
