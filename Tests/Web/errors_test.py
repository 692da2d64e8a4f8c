"""Pages for what does not work: in the person's language, with what to do next, never a bare status."""

import sqlite3
import unittest

from support import rules
from support.client import Client
from support.instance import Instance

NONE = "01700000-0000-4000-8000-00000000dead"


class Errors(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.instance = Instance("partners")
        cls.base = cls.instance.base

    @classmethod
    def tearDownClass(cls):
        cls.instance.stop()

    def both(self, client, path, status, french, english):
        for language, words in (("fr", french), ("en", english)):
            client.language = language
            answer = client.get(path + ("&" if "?" in path else "?") + f"lang={language}")
            self.assertEqual(answer.status, status, path)
            self.assertIn(words, answer.page.text)
            self.assertEqual(rules.plain_faults(answer, language), [])
            # The way on.
            self.assertTrue(any(link.startswith("/") and link != "/" or link == "/"
                                for link in answer.page.links))

    def test_there_is_no_such_page(self):
        self.both(Client(self.base), "/nothing-here", 404, "Vérifiez l’adresse", "Check the address")
        volunteer = Client(self.base).look_around(self.instance.guides["volunteer"])
        for path in (f"/missions/{NONE}", "/missions/x", f"/places/{NONE}"):
            self.both(volunteer, path, 404, "Vérifiez l’adresse", "Check the address")

    def test_signing_in_is_needed(self):
        answer = Client(self.base).get("/missions?lang=fr")
        self.assertEqual((answer.status, answer.location), (303, "/sign-in"))
        client = Client(self.base, "fr")
        page = client.follow(client.get("/missions")).page
        self.assertIn("Connectez-vous", page.text)

    def test_somebody_elses_page_is_refused_or_not_there(self):
        partner = Client(self.base).look_around(self.instance.guides["partner"])
        for path in ("/reviews", "/missions"):
            answer = partner.get(path)
            self.assertIn(answer.status, (403, 404))
            self.assertEqual(rules.plain_faults(answer, "en"), [])

    def test_a_method_that_is_none(self):
        answer = Client(self.base).request("DELETE", "/sign-in")
        self.assertEqual(answer.status, 405)
        self.assertEqual(rules.plain_faults(answer, "en"), [])

    def test_a_form_that_is_none_or_too_large(self):
        client = Client(self.base)
        answer = client.request(
            "POST", "/sign-in", "{}", {"Content-Type": "application/json",
                                       "Sec-Fetch-Site": "same-origin"})
        self.assertEqual(answer.status, 400)
        self.assertEqual(rules.plain_faults(answer, "en"), [])
        answer = client.post("/sign-in", {"_form": "web.sign-in", "email": "x" * (2 << 20)})
        self.assertEqual(answer.status, 413)
        self.assertEqual(rules.plain_faults(answer, "en"), [])

    def test_too_many_attempts(self):
        client = Client(self.base, "fr")
        for _ in range(7):
            answer = client.submit("/sign-in", "web.sign-in", {"email": "x@example.org"})
        self.assertEqual(answer.status, 429)
        self.assertGreater(int(answer.headers["Retry-After"]), 0)
        self.assertEqual(rules.plain_faults(answer, "fr"), [])


class Maintenance(unittest.TestCase):
    """When the data cannot be written, whoever posts is told so in their language, and may try again."""

    def test_while_the_data_is_held_a_page_says_so(self):
        instance = Instance("partners")
        self.addCleanup(instance.stop)
        client = Client(instance.base, "fr")
        form = client.get("/organisations/new").page.form("applications.register-organisation")
        values = {**dict(form.fields), "name": "Atelier Fictif", "kind": "association",
                  "territory": "FR-IDF", "foundedOn": "2011-05-17",
                  "contact.name": "Alix Fictif", "contact.email": "alix@atelier.example",
                  "contact.language": "fr"}
        database = sqlite3.connect(instance.folder / "parvis.sqlite", isolation_level=None)
        self.addCleanup(database.close)
        database.execute("BEGIN IMMEDIATE")
        answer = client.post("/organisations/new", values)
        self.assertEqual(answer.status, 503, answer.page.text[:400])
        self.assertEqual(rules.plain_faults(answer, "fr"), [])
        self.assertGreater(int(answer.headers["Retry-After"]), 0)
        # What was typed is still there.
        again = dict(answer.page.form("applications.register-organisation").fields)
        self.assertEqual(again["name"], "Atelier Fictif")
        database.execute("ROLLBACK")
        self.assertEqual(client.post("/organisations/new", {**values, "_key": "again"}).status, 303)


if __name__ == "__main__":
    unittest.main()
