"""How long the server works on pages, and how heavy they are: signed in, the edition of the seeds.

    python3 Benchmarks/pages.py .build/release/parvis
"""

import os
import pathlib
import re
import statistics
import sys

os.environ["PARVIS_PROGRAM"] = str(pathlib.Path(sys.argv[1]).resolve())
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "Tests/Web"))

from support import instance as instances  # noqa: E402
from support.client import Client  # noqa: E402

ROUNDS = 300
_environment = instances._environment
instances._environment = lambda **more: {**_environment(**more), "PARVIS_LOG": "info"}


def main():
    instance = instances.Instance("missions")
    edition = instance.edition()
    manager = Client(instance.base).look_around(instance.guides["manager"])
    volunteer = Client(instance.base).look_around(instance.guides["volunteer"])
    style = re.search(r'href="(/portal-\w+\.css)"', manager.get("/").text)[1]
    weight = len(manager.get(style).bytes)
    mission = next(link for link in volunteer.get("/missions").page.links
                   if link.startswith("/missions/"))
    log = instance.folder / "server.log"
    print(f"{'page':34} {'p50 ms':>7} {'p99 ms':>7} {'KiB':>6}  with the stylesheet, {weight / 1024:.0f} KiB")
    slow = False
    for name, client, path in [
            ("a list of 50 people", manager, f"/editions/{edition}/volunteers"),
            ("the manager's home", manager, "/"),
            ("a mission", volunteer, mission),
            ("hours of a mission", volunteer, mission + "/hours")]:
        for _ in range(30):
            client.get(path)
        before = log.stat().st_size
        for _ in range(ROUNDS):
            answer = client.get(path)
            assert answer.status == 200, answer.status
        lines = log.read_bytes()[before:].decode()
        times = sorted(float(one) for one in re.findall(r"ms=([\d.]+)", lines))
        p50, p99 = statistics.median(times), times[int(len(times) * 0.99)]
        whole = (len(answer.bytes) + weight) / 1024
        print(f"{name:34} {p50:7.1f} {p99:7.1f} {whole:6.1f}")
        slow = slow or p50 > 5 or whole > 60
    sys.exit(1 if slow else 0)


main()
