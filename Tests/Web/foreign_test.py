"""What another site makes a browser send does nothing here."""

import http.server
import threading
import unittest

from support.browser import Browser
from support.client import Client
from support.instance import Instance


class Foreign(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.instance = Instance("matching")
        cls.base = cls.instance.base
        cls.client = Client(cls.base).look_around(cls.instance.guides["member"])

    @classmethod
    def tearDownClass(cls):
        cls.instance.stop()

    def form(self):
        page = next(link for link in self.client.get("/missions").page.links
                    if link.startswith("/missions/"))
        path = page.split("?")[0]
        found = self.client.get(path).page.form("missions.raise-risk")
        fields = [(n, v) for n, v in found.fields if n not in ("text", "severity")]
        return path, fields + [("text", "Planted by another site"), ("severity", "2")]

    def planted(self):
        return any("Planted" in text for (text,) in self.instance.rows(
            "SELECT text FROM missions_risk"))

    def test_a_form_of_another_site_does_nothing_in_a_real_browser(self):
        path, fields = self.form()
        inputs = "".join(
            f'<input name="{n}" value="{v}">'.replace("&", "&amp;") for n, v in fields)
        page = f"""<!doctype html><title>Win</title>
            <form method="post" action="{self.base}{path}">{inputs}<button>Win</button></form>"""

        class Site(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(page.encode())

            def log_message(self, *_):
                pass

        site = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
        threading.Thread(target=site.serve_forever, daemon=True).start()
        self.addCleanup(site.shutdown)
        with Browser(self.base) as browser:
            browser.open("/").wear(self.client)
            browser.open(f"http://localhost:{site.server_port}/")
            browser.one("button").click()
            self.assertTrue(browser.driver.current_url.startswith(self.base))
            self.assertNotIn("Planted", browser.text)
        self.assertFalse(self.planted())

    def test_without_the_sessions_token_or_from_elsewhere_nothing_is_done(self):
        path, fields = self.form()
        without = [(n, v) for n, v in fields if n != "_token"]
        other = [(n, "x" * 43 if n == "_token" else v) for n, v in fields]
        tries = [
            (without, {}), (other, {}), (fields, {"Sec-Fetch-Site": "cross-site"}),
            (fields, {"Sec-Fetch-Site": "same-site"}),
            (fields, {"Sec-Fetch-Site": None, "Origin": "https://evil.example"}),
            (fields, {"Sec-Fetch-Site": None, "Origin": "null"}),
        ]
        for body, headers in tries:
            answer = self.client.post(path, body, headers)
            self.assertEqual(answer.status, 403, headers)
            self.assertIn("once more", answer.page.text)
        self.assertFalse(self.planted())

    def test_nothing_acts_on_a_get(self):
        before = self.instance.rows("SELECT COUNT(*) FROM kernel_audit") if self.instance.rows(
            "SELECT 1 FROM sqlite_master WHERE name = 'kernel_audit'") else None
        path, fields = self.form()
        import urllib.parse
        self.client.get(path + "?" + urllib.parse.urlencode(fields))
        self.client.get("/sign-out")
        self.assertIn("Clown", self.client.get("/").text)
        self.assertFalse(self.planted())
        if before:
            self.assertEqual(before, self.instance.rows("SELECT COUNT(*) FROM kernel_audit"))

    def test_no_page_can_be_framed_or_read_by_another_site(self):
        answer = self.client.get("/")
        self.assertIn("frame-ancestors 'none'", answer.headers["Content-Security-Policy"])
        self.assertIn("form-action 'self'", answer.headers["Content-Security-Policy"])
        self.assertEqual(answer.headers["Cross-Origin-Resource-Policy"], "same-origin")
        self.assertEqual(answer.headers["Cross-Origin-Opener-Policy"], "same-origin")
        self.assertIsNone(answer.headers.get("Access-Control-Allow-Origin"))

    def test_a_form_of_one_person_does_not_do_for_another(self):
        path, fields = self.form()
        other = Client(self.base).look_around(self.instance.guides["volunteer"])
        answer = other.post(path, fields)
        self.assertEqual(answer.status, 403)
        self.assertFalse(self.planted())


if __name__ == "__main__":
    unittest.main()
