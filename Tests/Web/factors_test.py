"""A second factor: an app for codes, recovery codes, and passkeys with a virtual authenticator."""

import re
import unittest

from selenium.webdriver.common.virtual_authenticator import VirtualAuthenticatorOptions
from support import totp
from support.browser import Browser
from support.client import Client
from support.instance import Instance

VOLUNTEER = "come.fictif-ancolie@exemple-energie.example"
REVIEWER = "bastien.fictif-lecture@jury.example"


class Factors(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        # Passkeys belong to a name.
        cls.instance = Instance("partners", host="localhost")
        cls.base = cls.instance.base

    @classmethod
    def tearDownClass(cls):
        cls.instance.stop()

    def setUp(self):
        self.instance.change("DELETE FROM accounts_attempt")

    def signed_in(self, address):
        client = Client(self.base)
        before = len(self.instance.letters(address))
        client.submit("/sign-in", "web.sign-in", {"email": address})
        code = self.instance.letter(address, before).code
        answer = client.submit("/sign-in/code", "web.code", {"code": code})
        self.assertEqual(answer.status, 303)
        return client, answer

    def enrolled(self, client):
        """An app's secret and recovery codes, from the page of one's safety."""
        answer = client.submit("/account/safety", "web.begin-totp")
        page = answer.page
        secret = re.search(r"\b[A-Z2-7]{32}\b", page.text)[0]
        # A camera reads it as well, and whoever hears the page knows what the picture is.
        self.assertRegex(answer.text, r'<svg class="qr"[^>]* role="img" aria-label="QR code of')
        token = next(v for n, v in page.form("web.confirm-totp").fields if n == "_token")
        code = totp.code(secret, self.instance.now())
        before = client.jar["__Host-parvis"]
        answer = client.post(
            "/account/safety", {"_form": "web.confirm-totp", "_token": token, "code": code})
        self.assertEqual(answer.status, 200, answer.page.text)
        self.assertNotEqual(client.jar["__Host-parvis"], before)
        return secret, re.findall(r"\b(?:[A-Z2-7]{4}-){3}[A-Z2-7]{4}\b", answer.page.text)

    def test_a_reviewer_adds_an_app_then_comes_in_with_it_or_with_a_recovery_code(self):
        client, answer = self.signed_in(REVIEWER)
        self.assertEqual(answer.location, "/account/safety")
        # Their work is withheld, and the home page says how to get it.
        self.assertNotIn("/reviews", client.get("/").page.links)
        self.assertIn("/account/safety", client.get("/").page.links)
        secret, codes = self.enrolled(client)
        self.assertEqual(len(codes), 10)
        self.assertIn("/reviews", client.get("/").page.links)

        again, answer = self.signed_in(REVIEWER)
        self.assertEqual(answer.location, "/sign-in/second")
        self.assertNotIn("/reviews", again.get("/").page.links)
        wrong = again.submit("/sign-in/second", "web.totp", {"code": "000000"})
        self.assertEqual(wrong.status, 422)
        # The code that confirmed the app was taken already; the next one is not.
        code = totp.code(secret, self.instance.now() + 30)
        done = again.submit("/sign-in/second", "web.totp", {"code": code})
        self.assertEqual(done.status, 303, done.page.text)
        self.assertIn("/reviews", again.get("/").page.links)

        third, _ = self.signed_in(REVIEWER)
        replayed = third.submit("/sign-in/second", "web.totp", {"code": code})
        self.assertEqual(replayed.status, 422)
        done = third.submit("/sign-in/second", "web.recovery", {"code": codes[3].lower()})
        self.assertEqual(done.status, 303)
        fourth, _ = self.signed_in(REVIEWER)
        used = fourth.submit("/sign-in/second", "web.recovery", {"code": codes[3]})
        self.assertEqual(used.status, 422)

    def test_a_wrong_code_for_a_new_app_may_be_typed_again(self):
        client, _ = self.signed_in("elsa.fictif-mesure@jury.example")
        page = client.submit("/account/safety", "web.begin-totp").page
        secret = re.search(r"\b[A-Z2-7]{32}\b", page.text)[0]
        form = page.form("web.confirm-totp")
        values = dict(form.fields)
        answer = client.post("/account/safety", {**values, "code": "000000"})
        self.assertEqual(answer.status, 422)
        values = dict(answer.page.form("web.confirm-totp").fields)
        values["code"] = totp.code(secret, self.instance.now())
        self.assertEqual(client.post("/account/safety", values).status, 200)

    def test_a_passkey_is_added_and_signs_in_without_a_letter(self):
        client, _ = self.signed_in(VOLUNTEER)
        with Browser(self.base) as browser:
            options = VirtualAuthenticatorOptions(
                protocol="ctap2", transport="internal", has_resident_key=True,
                has_user_verification=True, is_user_verified=True)
            browser.driver.add_virtual_authenticator(options)
            browser.open("/").wear(client)
            browser.open("/account/safety?lang=en")
            browser.click("Add a passkey")
            self.wait(browser, lambda: browser.all("[data-passkey] button:not([hidden])"))
            browser.type("name", "My telephone")
            browser.click("Add the passkey")
            self.wait(browser, lambda: "Keep these codes" in browser.text)
            self.assertEqual(len(browser.driver.get_credentials()), 1)
            browser.open("/account/safety")
            self.assertIn("My telephone", browser.main)

            browser.driver.delete_all_cookies()
            browser.open("/sign-in?lang=en")
            browser.click("Sign in with a passkey")
            self.wait(browser, lambda: "Ancolie" in browser.text and browser.path == "/")

            # The counter of a passkey that was copied stands still: refused.
            browser.driver.delete_all_cookies()
            self.instance.change("UPDATE accounts_factor SET counter = 1000000")
            browser.open("/sign-in?lang=en")
            browser.click("Sign in with a passkey")
            self.wait(browser, lambda: "passkey was not accepted" in browser.text)
            self.instance.change("UPDATE accounts_factor SET counter = 1")

            # As the second step after a letter.
            second, answer = self.signed_in(VOLUNTEER)
            self.assertEqual(answer.location, "/sign-in/second")
            browser.wear(second)
            browser.open("/sign-in/second?lang=en")
            browser.click("Use my passkey")
            self.wait(browser, lambda: browser.path == "/" and "Ancolie" in browser.text)

            # Whoever does not confirm is told, and may try again or go another way.
            browser.driver.delete_all_cookies()
            browser.driver.set_user_verified(False)
            browser.open("/sign-in?lang=en")
            browser.click("Sign in with a passkey")
            self.wait(browser, lambda: browser.all("[data-failed]:not([hidden])"))
            self.assertTrue(browser.all("a[href='/sign-in']"))

    def wait(self, browser, met):
        import time
        for _ in range(200):
            try:
                if met():
                    return
            except Exception:
                pass
            time.sleep(0.05)
        self.fail(f"on {browser.path}: {browser.text[:500]}")

    def test_without_script_the_passkey_page_says_so_and_offers_another_way(self):
        with Browser(self.base, scripts=False) as browser:
            browser.open("/sign-in?lang=en")
            browser.click("Sign in with a passkey")
            self.assertIn("Passkeys need scripts", browser.main)
            self.assertEqual([b for b in browser.all("main button") if b.is_displayed()], [])
            browser.click("Sign in by e-mail")
            self.assertEqual(browser.path, "/sign-in")

    def test_only_the_pages_of_passkeys_run_a_script_and_only_ours(self):
        client = Client(self.base)
        self.assertNotIn("script-src", client.get("/sign-in").headers["Content-Security-Policy"])
        answer = client.submit("/sign-in", "web.begin-passkey")
        self.assertTrue(
            answer.headers["Content-Security-Policy"].endswith("; script-src 'self'"))
        address = re.search(r'<script src="(/passkey-\w+\.js)" defer>', answer.text)[1]
        script = client.get(address)
        self.assertTrue(script.headers["Content-Type"].startswith("text/javascript"))
        self.assertLess(len(script.bytes), 4096)


class Numbers(unittest.TestCase):
    def test_where_the_portal_has_no_name_no_passkey_is_offered(self):
        instance = Instance("partners")
        self.addCleanup(instance.stop)
        page = Client(instance.base).get("/sign-in").page
        self.assertFalse(page.has_form("web.begin-passkey"))


if __name__ == "__main__":
    unittest.main()
