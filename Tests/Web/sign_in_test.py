"""Coming in by a letter: its link, its code, and what of them does not open anything."""

import unittest

from support.browser import Browser
from support.client import Client
from support.instance import Instance
from selenium.webdriver.common.keys import Keys

VOLUNTEER = "come.fictif-ancolie@exemple-energie.example"


class SignIn(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.instance = Instance("partners")
        cls.base = cls.instance.base

    @classmethod
    def tearDownClass(cls):
        cls.instance.stop()

    def setUp(self):
        # Each test begins as if a quarter of an hour had passed.
        self.instance.change("DELETE FROM accounts_attempt")

    def asked(self, address=VOLUNTEER, client=None):
        """A browser that asked for a letter, and the letter."""
        client = client or Client(self.base)
        before = len(self.instance.letters(address))
        answer = client.submit("/sign-in", "web.sign-in", {"email": address})
        self.assertEqual((answer.status, answer.location), (303, "/sign-in/code"))
        return client, self.instance.letter(address, before)

    def path(self, letter):
        self.assertTrue(letter.link.startswith(self.base), letter.link)
        return letter.link[len(self.base):]

    def test_the_link_signs_in_with_one_button_and_not_by_opening_it(self):
        client, letter = self.asked()
        page = client.get(self.path(letter))
        self.assertEqual(page.status, 200)
        self.assertFalse(client.signed_in())
        answer = client.submit(self.path(letter), "web.confirm")
        self.assertEqual(answer.status, 303)
        self.assertIn("Ancolie", client.get("/").text)

    def test_the_code_signs_in_where_it_was_asked_for_whatever_is_typed_between(self):
        client, letter = self.asked()
        answer = client.submit("/sign-in/code", "web.code", {"code": letter.code.replace(" ", " - ")})
        self.assertEqual(answer.status, 303)
        self.assertTrue(client.signed_in())

    def test_by_keyboard_and_without_script(self):
        with Browser(self.base, scripts=False) as browser:
            before = len(self.instance.letters(VOLUNTEER))
            browser.open("/sign-in?lang=en")
            browser.type("email", "nobody")
            browser.press(Keys.ENTER)
            browser.expect("Error")
            # The summary has the focus, and its link leads to the field with what was typed.
            self.assertEqual(browser.focus.get_attribute("role"), "alert")
            browser.press(Keys.TAB, Keys.ENTER)
            self.assertEqual(browser.one("[name=email]").get_attribute("value"), "nobody")
            browser.type("email", VOLUNTEER)
            browser.press(Keys.ENTER)
            letter = self.instance.letter(VOLUNTEER, before)
            browser.type("code", letter.code)
            browser.press(Keys.ENTER)
            browser.expect("Ancolie")

    def test_the_link_works_in_the_browser_that_asked_only(self):
        client, letter = self.asked()
        other = Client(self.base)
        answer = other.get(self.path(letter))
        self.assertEqual(answer.status, 409)
        self.assertIn("Type the code", answer.page.text)
        answer = other.post(self.path(letter), {"_form": "web.confirm"})
        self.assertEqual(answer.status, 409)
        self.assertFalse(other.signed_in())
        # What a scanner tried does not use the link up.
        self.assertEqual(client.submit(self.path(letter), "web.confirm").status, 303)

    def test_a_link_works_once(self):
        client, letter = self.asked()
        client.submit(self.path(letter), "web.confirm")
        client.jar.pop("__Host-parvis")
        for answer in (client.get(self.path(letter)),
                       client.post(self.path(letter), {"_form": "web.confirm"})):
            self.assertEqual(answer.status, 410)
            self.assertIn("used already", answer.page.text)
        self.assertFalse(client.signed_in())

    def test_a_newer_letter_ends_the_older(self):
        client, older = self.asked()
        client, newer = self.asked(client=client)
        self.assertEqual(client.get(self.path(older)).status, 410)
        answer = client.submit("/sign-in/code", "web.code", {"code": older.code})
        self.assertEqual(answer.status, 422)
        self.assertEqual(client.submit(self.path(newer), "web.confirm").status, 303)

    def test_after_ten_minutes_link_and_code_are_worth_nothing(self):
        client, letter = self.asked()
        self.instance.change("UPDATE accounts_link SET expires_at = asked_at")
        answer = client.get(self.path(letter))
        self.assertEqual(answer.status, 410)
        self.assertIn("ten minutes", answer.page.text)
        answer = client.submit("/sign-in/code", "web.code", {"code": letter.code})
        self.assertIn("ten minutes", answer.page.text)
        self.assertFalse(client.signed_in())

    def test_five_wrong_codes_end_the_letter(self):
        client, letter = self.asked()
        wrong = "0000 0000" if letter.code != "0000 0000" else "1111 1111"
        for left in (4, 3, 2, 1, 0):
            answer = client.submit("/sign-in/code", "web.code", {"code": wrong})
            self.assertEqual(answer.status, 422)
            self.assertIn(f"Attempts left: {left}", answer.page.text)
        answer = client.submit("/sign-in/code", "web.code", {"code": letter.code})
        self.assertIn(answer.status, (409, 410))
        self.assertFalse(client.signed_in())

    def test_a_tampered_link_is_none(self):
        client, letter = self.asked()
        path = self.path(letter)
        last = "A" if path[-1] != "A" else "B"
        for bent in (path[:-1] + last, path[:-1], path + "x", "/sign-in/link/" + "A" * 43):
            self.assertIn(client.get(bent).status, (404, 410), bent)

    def test_too_many_letters_are_refused_kindly_in_ones_language(self):
        client = Client(self.base)
        for _ in range(5):
            client.submit("/sign-in", "web.sign-in", {"email": VOLUNTEER})
        answer = client.submit("/sign-in?lang=fr", "web.sign-in", {"email": VOLUNTEER})
        self.assertEqual(answer.status, 429)
        self.assertGreater(int(answer.headers["Retry-After"]), 0)
        self.assertIn("Rien n’est bloqué", answer.page.text)

    def test_who_came_in_is_in_the_audit_and_nothing_secret_is(self):
        client, letter = self.asked()
        client.submit(self.path(letter), "web.confirm")
        secret, cookie = self.path(letter).split("/")[-1], client.jar["__Host-parvis"]
        entries = self.instance.call("GET", "/accounts/sign-ins", role="administrator")
        self.assertEqual(entries["items"][0]["way"], "sign-in-by-link")
        dump = (self.instance.folder / "parvis.sqlite").read_bytes()
        for file in self.instance.folder.glob("parvis.sqlite-wal"):
            dump += file.read_bytes()
        for word in (secret, cookie):
            self.assertNotIn(word.encode(), dump)
        self.assertNotIn(secret, (self.instance.folder / "server.log").read_text())


if __name__ == "__main__":
    unittest.main()
