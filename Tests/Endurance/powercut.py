"""Power cuts at any moment: what reached the disk is recorded while a server works; states a cut may leave are made of
it, and the program must find in each what it had acknowledged.

    CUTS=60   how many
"""

import os
import pathlib
import random
import shutil
import time

import replay
import support

CUTS = int(os.environ.get("CUTS") or 60)
SHIM = os.environ["FAULTS"]
place = support.folder("powercut")
log = place / "log"
data = place / "data"
instance = support.Instance(data, {"LD_PRELOAD": SHIM, "FAULT_DIR": str(data), "FAULT_LOG": str(log)})
initialised = instance.parvis("init") and os.path.getsize(log)
token = instance.token()
instance.serve()


class Recorded(support.Load):
    """Remembers how far the record was when something was acknowledged: a cut after that keeps it."""

    reached = {}

    def say(self, kind, name):
        if super().say(kind, name):
            self.reached[name] = (kind, os.path.getsize(log))
            return True
        return False


with Recorded(instance, token) as load:
    time.sleep(4)
    backup = instance.parvis("backup")["file"]
    backed_up = os.path.getsize(log)
    time.sleep(4)
ended = instance.stop()
faults = load.faults + ([f"it ended with {ended}"] if ended else [])
whole = log.read_bytes()
steps = list(replay.records(whole))
chance = random.Random(support.SEED)
first = next(number for number, step in enumerate(steps) if step[0] >= initialised)
cuts = sorted(chance.sample(range(first, len(steps)), min(CUTS, len(steps) - first)))
disk, played, found = replay.Disk(), 0, 0
for number, cut in enumerate(cuts):
    for end, kind, path, offset, content in steps[played: cut + 1]:
        disk.play(kind, path, offset, content)
    played = cut + 1
    moment = steps[cut][0]
    left = place / "left"
    shutil.rmtree(left, ignore_errors=True)
    for folder in ("", "mailbox", "reports", "files", "backups", "keys"):
        (left / folder).mkdir(mode=0o700, parents=True, exist_ok=True)
    for path, content in disk.after_cut(number).items():
        # Shared memory is no file that outlives a cut.
        if path.endswith("-shm"):
            continue
        target = left / pathlib.Path(path).relative_to(data)
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        target.write_bytes(content)
        target.chmod(0o600)
    after = support.Instance(left)
    doctor = after.run("doctor")
    said = [] if doctor.returncode == 0 else [f"doctor: {doctor.stdout}{doctor.stderr}"]
    # It goes on, too.
    going = after.run("programmes", "create", "--name", "After the cut")
    if going.returncode != 0:
        said.append(f"it does not go on: {going.stderr}")
    known = {name: kind for name, (kind, reached) in load.reached.items() if reached <= moment}
    found += len(known)
    try:
        with support.opened(left / "parvis.sqlite") as database:
            said += support.faults_in(database, known)[0]
    except Exception as fault:  # noqa: BLE001
        said.append(f"{fault!r}")
    if backed_up <= moment:
        verified = after.run("verify", str(left / pathlib.Path(backup).relative_to(data)))
        if verified.returncode != 0:
            said.append(f"the backup: {verified.stderr}")
    faults += [f"cut {number} at {cut}: {one}" for one in said]
    if len(faults) > 20:
        break
support.finish(faults, {"cuts": len(cuts), "writesRecorded": len(steps), "acknowledged": len(load.acknowledged),
                        "lookedFor": found}, place)
