"""What people may type: markup, controls that turn the reading round, a great deal of text, pictures in
letters. It stays text, wherever it is shown."""

import unittest

from support import rules
from support.browser import Browser
from support.client import Client
from support.instance import Instance

MARKUP = "<script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">\"'&amp;"
TEXTS = {
    "markup": MARKUP,
    "bidi": "invoice\u202egnp.exe\u2066 and \u200f back",
    "pictures": "👩🏽‍🚒🏳️‍🌈 été 中文 العربية \U0001F600",
    "attributes": "\" autofocus onfocus=\"document.title='taken'\" x=\"",
}


class Hostile(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.instance = Instance("matching")
        cls.member = Client(cls.instance.base).look_around(cls.instance.guides["member"])
        cls.mission = next(
            link for link in cls.member.get("/missions").page.links if link.startswith("/missions/"))

    @classmethod
    def tearDownClass(cls):
        cls.instance.stop()

    def raised(self, text):
        return self.member.submit(
            self.mission, "missions.raise-risk", {"text": text, "severity": "2"})

    def test_it_stays_text_in_what_is_saved_and_runs_nothing(self):
        for name, text in TEXTS.items():
            with self.subTest(name):
                answer = self.raised(text)
                self.assertIn(answer.status, (303, 422), answer.page.text)
                self.assertNotIn("<script>document", self.member.get(self.mission).text)
        with Browser(self.instance.base) as browser:
            browser.open("/imprint").wear(self.member)
            browser.open(self.mission)
            self.assertNotIn("taken", browser.title)
            self.assertIn("<script>document.title='taken'</script>", browser.main)
            for width in (320, 1280):
                browser.width(width)
                self.assertEqual(rules.faults(browser, "en"), [])

    def test_it_stays_text_in_what_was_wrong_and_is_shown_again(self):
        for name, text in TEXTS.items():
            answer = self.member.submit(
                self.mission, "missions.raise-risk", {"text": text, "severity": "none"})
            self.assertEqual(answer.status, 422)
            self.assertNotIn("<script>document", answer.text)
            self.assertNotIn('" autofocus onfocus', answer.text)
            fields = dict(answer.page.form("missions.raise-risk").fields)
            self.assertEqual(fields["text"], text, name)

    def test_ten_thousand_letters_are_refused_with_the_limit_and_kept(self):
        text = "very long " * 1000
        answer = self.member.submit(
            self.mission, "missions.raise-risk", {"text": text, "severity": "2"})
        self.assertEqual(answer.status, 422)
        fields = dict(answer.page.form("missions.raise-risk").fields)
        self.assertEqual(fields["text"], text)

    def test_a_word_without_end_does_not_widen_the_page(self):
        self.assertEqual(self.raised("x" * 900).status, 303)
        with Browser(self.instance.base) as browser:
            browser.open("/imprint").wear(self.member)
            browser.width(320)
            browser.open(self.mission)
            self.assertEqual(rules.faults(browser, "en"), [])

    def test_addresses_names_and_queries_are_text_too(self):
        client = Client(self.instance.base)
        for path in (f"/?lang={MARKUP[:20]}", "/nothing-" + "%3Cscript%3E", "/calls?after=%22%3E%3Cb%3E",
                     "/sign-in/link/%3Cscript%3E", "/calls?as=%22%3E%3Cb%3E", "/?lang=%00", "/%ff"):
            answer = client.get(path.replace("<", "%3C").replace(">", "%3E").replace("'", "%27")
                                .replace('"', "%22"))
            self.assertLess(answer.status, 500, path)
            self.assertNotIn("<script", answer.text)
            self.assertNotIn("<b>", answer.text)


if __name__ == "__main__":
    unittest.main()
