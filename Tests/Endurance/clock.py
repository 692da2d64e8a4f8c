"""The clock of day jumps, back and forth, while people use a server: nothing is lost, nothing stands still.

    JUMPS=12   how many times
"""

import os
import random
import time

import support

JUMPS = int(os.environ.get("JUMPS") or 12)
SHIM = os.environ["FAULTS"]
HOUR, DAY = 3600, 86_400
place = support.folder("clock")
shift = place / "shift"
shift.write_text("0")
instance = support.Instance(place / "data", {"LD_PRELOAD": SHIM, "CLOCK_SHIFT": str(shift)})
instance.parvis("init")
token = instance.token()
instance.serve()
chance = random.Random(support.SEED)
faults = []
jumps = [60, -60, HOUR, -HOUR, DAY, -DAY, 0, 3 * DAY, -30 * DAY, 20 * DAY, 1, 0]
with support.Load(instance, token) as load:
    for number in range(JUMPS):
        seconds = jumps[number] if number < len(jumps) else chance.randint(-20 * DAY, 20 * DAY)
        # Replaced whole, so that nobody reads half of it.
        half = place / "shift.new"
        half.write_text(str(seconds))
        os.rename(half, shift)
        before = len(load.acknowledged)
        until = time.monotonic() + 60
        while len(load.acknowledged) < before + 5 and not load.faults and time.monotonic() < until:
            time.sleep(0.05)
        if len(load.acknowledged) < before + 5:
            faults.append(f"after a jump to {seconds} s it stands still")
            break
shift.write_text("0")
# What was said is handed on, whatever time it is said to have been.
until = time.monotonic() + 120
while (status := instance.request("GET", "/status", token)[1]).get("deliveriesPending"):
    if time.monotonic() > until:
        faults.append(f"deliveries wait: {status}")
        break
    time.sleep(0.5)
ended = instance.stop()
faults += load.faults + ([f"it ended with {ended}"] if ended else [])
doctor = instance.run("doctor")
if doctor.returncode != 0:
    faults.append(f"doctor: {doctor.stdout}")
with support.opened(instance.data / "parvis.sqlite") as database:
    faults += support.faults_in(database, {name: kind for name, (kind, _) in load.acknowledged.items()})[0]
support.finish(faults, {"jumps": JUMPS, "acknowledged": len(load.acknowledged), "triedAgain": load.again}, place)
