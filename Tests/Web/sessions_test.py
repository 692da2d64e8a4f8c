"""Sessions: what their cookie is, when they change and when they end."""

import unittest

from support.client import Client
from support.instance import Instance

VOLUNTEER = "come.fictif-ancolie@exemple-energie.example"


class Sessions(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.instance = Instance("partners")
        cls.base = cls.instance.base

    @classmethod
    def tearDownClass(cls):
        cls.instance.stop()

    def setUp(self):
        self.instance.change("DELETE FROM accounts_attempt")

    def signed_in(self, client=None):
        client = client or Client(self.base)
        before = len(self.instance.letters(VOLUNTEER))
        client.submit("/sign-in", "web.sign-in", {"email": VOLUNTEER})
        code = self.instance.letter(VOLUNTEER, before).code
        return client, client.submit("/sign-in/code", "web.code", {"code": code})

    def test_cookies_are_for_this_host_for_encrypted_connections_and_not_for_scripts(self):
        client, answer = self.signed_in()
        asked = Client(self.base).submit("/sign-in", "web.sign-in", {"email": VOLUNTEER})
        spoken = Client(self.base).get("/?lang=fr")
        for cookie in answer.cookies() + asked.cookies() + spoken.cookies():
            self.assertTrue(cookie.startswith("__Host-parvis"), cookie)
            self.assertTrue(
                cookie.endswith("; Secure; HttpOnly; SameSite=Lax") and "; Path=/;" in cookie, cookie)
            self.assertNotIn("Domain", cookie)
        self.assertGreaterEqual(len(client.jar["__Host-parvis"]), 43)

    def test_a_cookie_that_was_planted_is_not_taken_over(self):
        planted = "A" * 43
        client = Client(self.base)
        client.jar["__Host-parvis"] = planted
        client, _ = self.signed_in(client)
        self.assertNotEqual(client.jar["__Host-parvis"], planted)
        other = Client(self.base)
        other.jar["__Host-parvis"] = planted
        self.assertNotIn("Ancolie", other.get("/").text)

    def test_signing_out_ends_the_session_on_the_server_too(self):
        client, _ = self.signed_in()
        kept = dict(client.jar)
        client.submit("/", "web.sign-out")
        self.assertFalse(client.signed_in())
        client.jar = kept
        self.assertNotIn("Ancolie", client.get("/").text)

    def test_every_session_is_listed_and_can_be_ended_one_by_one_or_all_at_once(self):
        one, _ = self.signed_in()
        two, _ = self.signed_in()
        page = one.get("/account").page
        others = [form for form in page.forms if form.id.startswith("web.end;")]
        self.assertGreaterEqual(len(others), 1)
        for form in others:
            one.post("/account", form.fields)
        self.assertNotIn("Ancolie", two.get("/").text)
        self.assertIn("Ancolie", one.get("/").text)
        two, _ = self.signed_in()
        one.submit("/account", "web.everywhere")
        self.assertNotIn("Ancolie", two.get("/").text)
        self.assertNotIn("Ancolie", one.get("/").text)

    def test_a_session_ends_when_nobody_uses_it_and_at_its_absolute_end(self):
        for column in ("seen_at", "expires_at"):
            client, _ = self.signed_in()
            self.instance.change(f"UPDATE accounts_session SET {column} = 1 WHERE ended_at IS NULL")
            self.assertNotIn("Ancolie", client.get("/").text, column)

    def test_a_page_that_needs_a_session_leads_to_signing_in(self):
        for path in ("/account", "/account/safety", "/missions"):
            answer = Client(self.base).get(path)
            self.assertEqual((answer.status, answer.location), (303, "/sign-in"), path)

    def test_staff_whose_role_is_taken_are_out_at_once(self):
        manager = Client(self.base).look_around(self.instance.guides["manager"])
        self.assertIn("Camille", manager.get("/").text)
        staff = self.instance.call("GET", "/accounts", role="administrator")
        person = next(one for one in staff["items"] if one["roles"] == ["manager"])
        self.instance.call(
            "DELETE", f"/accounts/{person['id']}/roles/manager", role="administrator")
        self.assertNotIn("Camille", manager.get("/").text)


if __name__ == "__main__":
    unittest.main()
