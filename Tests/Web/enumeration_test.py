"""Whether an address is known here cannot be told from what the portal answers. How long it takes is
measured by `Benchmarks/enumeration.py`."""

import re
import unittest

from support.client import Client
from support.instance import Instance

KNOWN = "come.fictif-ancolie@exemple-energie.example"
DISABLED = "lucie.fictif-amande@exemple-numerique.example"
UNKNOWN = "nobody@nowhere.example"


class Enumeration(unittest.TestCase):
    def answers(self, instance, address):
        """What a stranger sees of a sign-in, to a wrong code."""
        client = Client(instance.base)
        found = []
        for answer in (client.submit("/sign-in", "web.sign-in", {"email": address}),
                       client.get("/sign-in/code"),
                       client.submit("/sign-in/code", "web.code", {"code": "0000 0000"})):
            headers = sorted(
                (name, re.sub(r"[\w-]{43}", "(secret)", value))
                for name, value in answer.headers.items()
                if name not in ("Date", "X-Request-Id"))
            body = re.sub(r'name="_key" value="\w+"', "(key)", answer.text)
            found.append((answer.status, headers, body))
        return found

    def test_known_unknown_and_disabled_addresses_are_answered_alike(self):
        instance = Instance("partners")
        self.addCleanup(instance.stop)
        # Somebody who signed in once, and whose account was disabled since.
        client = Client(instance.base)
        client.submit("/sign-in", "web.sign-in", {"email": DISABLED})
        code = instance.letter(DISABLED).code
        client.submit("/sign-in/code", "web.code", {"code": code})
        accounts = instance.call("GET", "/accounts?everybody=true", role="administrator")["items"]
        person = next(one for one in accounts if "amande" in one["addresses"][0])
        instance.call("POST", f"/accounts/{person['id']}/disabling", {}, role="administrator")

        known = self.answers(instance, KNOWN)
        self.assertEqual(known, self.answers(instance, UNKNOWN))
        self.assertEqual(known, self.answers(instance, DISABLED))
        self.assertEqual([status for status, _, _ in known], [303, 200, 422])


if __name__ == "__main__":
    unittest.main()
