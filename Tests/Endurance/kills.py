"""A server that people use is killed again and again: nothing that was acknowledged is lost, nothing is half done.

    KILLS=20   how many times
"""

import os
import random
import time

import support

KILLS = int(os.environ.get("KILLS") or 20)
place = support.folder("kills")
instance = support.Instance(place / "data")
instance.parvis("init")
token = instance.token()
chance = random.Random(support.SEED)
instance.serve()
again = []
with support.Load(instance, token) as load:
    for number in range(KILLS):
        time.sleep(chance.uniform(0.05, 1.0))
        instance.kill()
        moment = time.monotonic()
        instance.serve()
        again.append(time.monotonic() - moment)
        # Seen from beside, as another program sees it.
        known = {name: kind for name, (kind, at) in list(load.acknowledged.items()) if at < moment}
        with support.opened(instance.data / "parvis.sqlite") as database:
            faults = support.faults_in(database, known, whole=number % 10 == 9)[0]
        print(f"\r{number + 1} killed", end="", flush=True)
        if faults or load.faults:
            load.faults += faults
            break
print()
ended = instance.stop()
faults = load.faults + ([f"it ended with {ended}"] if ended else [])
with support.opened(instance.data / "parvis.sqlite") as database:
    faults += support.faults_in(database, {name: kind for name, (kind, _) in load.acknowledged.items()})[0]
doctor = instance.run("doctor")
if doctor.returncode != 0:
    faults.append(f"doctor: {doctor.stdout}")
again.sort()
support.finish(faults, {"killed": len(again), "acknowledged": len(load.acknowledged), "triedAgain": load.again,
                        "servingAgainMs": {"p50": round(again[len(again) // 2] * 1000),
                                           "most": round(again[-1] * 1000)}}, place)
