"""Whether the time an answer takes tells who is known: 2 × 200 sign-ins for a known and an unknown
address, by turns. Medians are to differ by less than 5 %.

    python3 Benchmarks/enumeration.py .build/release/parvis
"""

import os
import pathlib
import statistics
import sys
import time

os.environ["PARVIS_PROGRAM"] = str(pathlib.Path(sys.argv[1]).resolve())
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "Tests/Web"))

from support.client import Client  # noqa: E402
from support.instance import Instance  # noqa: E402

# As long as each other: reading a longer address takes longer, whosever it is.
KNOWN = "come.fictif-ancolie@exemple-energie.example"
UNKNOWN = "cora.fictif-ancolie@exemple-energie.example"
DISABLED = "camille.fictif-cerise@exemple-energie.example"
ROUNDS = 200


def main():
    instance = Instance("partners")
    times = {"known": [], "unknown": [], "disabled": []}
    client = Client(instance.base)
    client.submit("/sign-in", "web.sign-in", {"email": DISABLED})
    client.submit("/sign-in/code", "web.code", {"code": instance.letter(DISABLED).code})
    everybody = instance.call("GET", "/accounts?everybody=true", role="administrator")["items"]
    person = next(one for one in everybody if DISABLED in one["addresses"])
    instance.call("POST", f"/accounts/{person['id']}/disabling", {}, role="administrator")
    for number in range(ROUNDS + 20):
        for kind, address in (("known", KNOWN), ("unknown", UNKNOWN),
                              ("disabled", DISABLED)):
            instance.change("DELETE FROM accounts_attempt")
            client = Client(instance.base)
            client.get("/sign-in")
            start = time.perf_counter()
            answer = client.post("/sign-in", {"_form": "web.sign-in", "email": address})
            took = time.perf_counter() - start
            assert answer.status == 303, answer.status
            # The first ones warm everything up.
            if number >= 20:
                times[kind].append(took * 1000)
            # The letters of one attempt are not written while the next is timed.
            time.sleep(0.05)
    medians = {kind: statistics.median(values) for kind, values in times.items()}
    for kind, median in medians.items():
        print(f"{kind:9} median {median:.3f} ms of {ROUNDS}")
    most = (max(medians.values()) / min(medians.values()) - 1) * 100
    print(f"apart by {most:.1f} %")
    sys.exit(0 if most < 5 else 1)


main()
