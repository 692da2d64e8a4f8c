"""A disk that fails now and then, for good, or fills up, while the program works: what was acknowledged is there, nothing
is half done, what failed says so in words, and all goes on once the disk is well.

    ROUNDS=1   how often each kind of fault is tried, with other numbers each time
"""

import itertools
import os
import pathlib
import random
import shutil
import time

import support

ROUNDS = int(os.environ.get("ROUNDS") or 1)
SHIM = os.environ["FAULTS"]
place = support.folder("faults")
chance = random.Random(support.SEED)
faults, counted = support.Faults(), {"runs": 0, "failed": 0, "acknowledged": 0}
KINDS = ("write", "sync", "open", "read", "rename", "truncate", "unlink")


def shim(folder, **settings):
    return {"LD_PRELOAD": SHIM, "FAULT_DIR": str(folder)} | {
        f"FAULT_{name.upper()}": str(value) for name, value in settings.items()}


def ways():
    """Which faults there are: every N-th call of a kind, all from one on, a disk that fills up."""
    for kind in KINDS:
        for every in (1, 3, chance.randint(2, 9), chance.randint(10, 60)):
            yield f"every {every}. {kind} EIO", {"calls": kind, "every": every, "errno": 5}
        yield "all from", {"calls": kind, "from": chance.randint(1, 40), "errno": chance.choice((5, 28))}
    for count in (0, 1, 100, 4096, 5000, 20_000, 60_000, chance.randint(0, 300_000), chance.randint(0, 3_000_000)):
        yield f"full after {count} bytes", {"bytes": count}


def tried(what, done):
    """Counts a run, and keeps what was unclear about its end."""
    counted["runs"] += 1
    counted["failed"] += done.returncode != 0
    unclear = support.clear(done)
    if unclear:
        faults.append(f"{what}: {unclear}")
    return done.returncode == 0


def well(what, instance, known):
    """Whether an instance is whole once the disk is well again."""
    doctor = instance.run("doctor")
    if doctor.returncode != 0:
        faults.append(f"{what}: afterwards doctor says {doctor.stdout}{doctor.stderr}")
        return
    with support.opened(instance.data / "parvis.sqlite") as database:
        faults.extend(f"{what}: {one}" for one in support.faults_in(database, known)[0])


def copied(of, name):
    target = place / name
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(of, target, ignore=shutil.ignore_patterns("*.sock", "*.lock"))
    return support.Instance(target)


# A new instance.
for number, (what, settings) in enumerate(itertools.islice(ways(), 0, None, 3)):
    data = place / f"init-{number}"
    one = support.Instance(data)
    tried(f"init, {what}", one.run("init", also=shim(data, **settings)))
    again = one.run("init")
    if again.returncode != 0:
        faults.append(f"init, {what}: it cannot be made afterwards: {again.stderr}")
    else:
        well(f"init, {what}", one, {})
    shutil.rmtree(data, ignore_errors=True)

# Commands, a backup, a restore.
origin = support.Instance(place / "origin")
origin.parvis("init")
for number in range(3):
    (origin.data / "mailbox" / f"{number}.eml").write_text("To: nobody@example.org\n" * 200)
origin.parvis("programmes", "create", "--name", "Before")
good = origin.parvis("backup", "--to", str(place / "good"))["file"]
for round_ in range(ROUNDS):
    for number, (what, settings) in enumerate(ways()):
        one = copied(origin.data, "one")
        name = f"Load 0-{number}"
        words = ("programmes", "create", "--name", name, "--key", f"key {name}")
        acknowledged = tried(f"command, {what}", one.run(*words, also=shim(one.data, **settings)))
        if acknowledged:
            counted["acknowledged"] += 1
            well(f"command, {what}", one, {name: "programme"})
        # With the same key it is done once, whatever was before.
        again = one.run(*words)
        if again.returncode != 0:
            faults.append(f"command, {what}: not done afterwards: {again.stderr}")
        well(f"command again, {what}", one, {name: "programme"})

        made = one.run("backup", "--to", str(place / "copies"), "--json",
                       also=shim(place if number % 2 else place / "copies", **settings))
        tried(f"backup, {what}", made)
        for file in (place / "copies").glob("*.backup"):
            verified = one.run("verify", str(file))
            if verified.returncode != 0:
                faults.append(f"backup, {what}: it stands there and is not good: {verified.stderr}")
        well(f"backup, {what}", one, {})
        shutil.rmtree(place / "copies", ignore_errors=True)

        target = support.Instance(place / "target")
        restored = tried(f"restore, {what}", target.run("restore", good, also=shim(place, **settings)))
        if not restored and not (target.data / "parvis.sqlite").exists():
            anew = target.run("restore", good)
            if anew.returncode != 0:
                faults.append(f"restore, {what}: not possible afterwards: {anew.stderr}")
                shutil.rmtree(target.data, ignore_errors=True)
                continue
        well(f"restore, {what}", target, {})
        hold = target.run("notifications", "show-hold", "--json")
        if '"isHeld":true' not in hold.stdout.replace(" ", ""):
            faults.append(f"restore, {what}: letters are not held back: {hold.stdout}{hold.stderr}")
        shutil.rmtree(target.data, ignore_errors=True)

# A server that people use, on a disk that is ill and well by turns.
for round_ in range(ROUNDS):
    for number, (what, settings) in enumerate(itertools.islice(ways(), round_ % 4, None, 4)):
        one = copied(origin.data, "served")
        ill = place / "ill"
        ill.unlink(missing_ok=True)
        token = one.token()
        one.serve(also=shim(one.data, **({"while": ill} | settings)))
        with support.Load(one, token) as load:
            time.sleep(0.4)
            for _ in range(3):
                ill.touch()
                time.sleep(0.4)
                ill.unlink()
                if one.process.poll() is not None:
                    break
                time.sleep(0.4)
            before = len(load.acknowledged)
            until = time.monotonic() + 60
            while len(load.acknowledged) < before + 3 and one.process.poll() is None and time.monotonic() < until:
                time.sleep(0.1)
            if one.process.poll() is not None:
                faults.append(f"serve, {what}: it ended with {one.process.returncode}")
            elif len(load.acknowledged) < before + 3:
                faults.append(f"serve, {what}: it does not go on once the disk is well")
            load.over.set()
        if one.process.poll() is None:
            ended = one.stop()
            if ended:
                faults.append(f"serve, {what}: it ended with {ended}")
        counted["acknowledged"] += len(load.acknowledged)
        counted["runs"] += 1
        faults += [f"serve, {what}: {one}" for one in load.faults]
        log = pathlib.Path(f"{one.data}.log").read_text(errors="replace")
        if "Fatal error" in log:
            faults.append(f"serve, {what}: {log[-600:]}")
        well(f"serve, {what}", one, {name: kind for name, (kind, _) in load.acknowledged.items()})
support.finish(faults, counted, place)
