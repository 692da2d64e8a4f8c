"""Who is out of work is for the agency, the operator and the person: every page as every other hat is
searched for the words, and for what would tell."""

import re
import unittest

from support import crawl
from support.client import Client
from support.instance import Instance

WORDS = re.compile(
    r"demandeu[rs]\w*(\W+\w+)? d.emploi|sans[ -]emploi|chôm|recherche d.emploi|france travail|pôle emploi"
    r"|job[ -]?seek|out of work|unemploy|looking for work|employment agency|agence[^.]{0,20}emploi"
    r"|emploi-cadres|exemple-emploi", re.IGNORECASE)

# Whom it concerns may know it.
MAY_KNOW = {"manager", "administrator", "agency"}


class Leaks(unittest.TestCase):
    def walk(self, chapter):
        instance = Instance(chapter)
        self.addCleanup(instance.stop)
        edition = instance.edition()
        people = instance.call("GET", f"/editions/{edition}/volunteers?limit=500")["items"]
        seekers = {one["name"] for one in people if one["regime"] == "job-seeker"}
        self.assertGreater(len(seekers), 5)
        partners = instance.call("GET", "/partners")
        partners = partners["items"] if isinstance(partners, dict) else partners
        agency = next(one for one in partners if one["kind"] == "employment-agency")
        for hat, link in {"anyone": None, **instance.guides}.items():
            if hat in MAY_KNOW:
                continue
            for language in ("fr", "en"):
                client = Client(instance.base, language)
                if link and language == "fr":
                    client.look_around(link)
                    self.kept = client.jar
                elif link:
                    client.jar = dict(self.kept)
                client.get(f"/?lang={language}")
                pages = crawl.reach(client, crawl.OPEN if not link else ("/", "/account"),
                                    most_of_a_kind=40)
                self.assertGreater(len(pages), 2)
                for address, answer in pages.items():
                    with self.subTest(chapter=chapter, hat=hat, language=language, page=address):
                        self.search(answer, agency, hat)
                        self.alike(answer, seekers)

    def search(self, answer, agency, hat):
        own = answer.text
        found = WORDS.search(own)
        self.assertIsNone(found and own[max(0, found.start() - 80):found.end() + 40])
        for word in (agency["id"], agency["name"]):
            self.assertNotIn(word, own)

    def alike(self, answer, seekers):
        """Somebody who looks for work looks like everybody else: the same parts in their card or row."""
        shapes = {}
        for part in re.findall(r"<li>.*?</li>|<tr>.*?</tr>", answer.text, re.DOTALL):
            names = [name for name in seekers if name in part]
            kind = "tr" if part.startswith("<tr") else "li"
            shape = re.sub(r">[^<]*<", "><", re.sub(r'"[^"]*"', '""', part))
            shapes.setdefault(kind, {}).setdefault(bool(names), set()).add(shape)
        for kind, by in shapes.items():
            if True in by and False in by:
                self.assertLessEqual(by[True], by[False], f"{kind}: only of job seekers")

    def test_nobody_else_learns_it_while_teams_are_made(self):
        self.walk("matching")

    def test_nobody_else_learns_it_when_the_edition_is_over(self):
        self.walk("missions")


class Others(unittest.TestCase):
    """Rows of others are as if they were not there."""

    def test_nobody_opens_what_is_not_theirs(self):
        instance = Instance("matching")
        self.addCleanup(instance.stop)
        clients = {hat: Client(instance.base).look_around(link)
                   for hat, link in instance.guides.items()}
        clients["anyone"] = Client(instance.base)
        pages = {hat: crawl.reach(client, most_of_a_kind=6) for hat, client in clients.items()}
        secret = re.compile(r"/(volunteers|places|partners|applications|reviews|runs|organisations)/[0-9a-f]")
        for hat, client in clients.items():
            if hat in ("manager", "administrator"):
                continue
            own = {address.split("?")[0] for address in pages[hat]}
            own_name = client.get("/account").text
            for other, theirs in pages.items():
                for address in theirs:
                    path = address.split("?")[0]
                    if path in own or not secret.search(path):
                        continue
                    # A place that was answered is still one's own, though no link leads there.
                    if path.startswith("/places/") and \
                            instance.call("GET", path)["volunteerName"] in own_name:
                        continue
                    with self.subTest(hat=hat, page=path, of=other):
                        answer = client.get(path)
                        self.assertIn(answer.status, (303, 403, 404))
                        if answer.status == 303:
                            self.assertEqual(answer.location, "/sign-in")


if __name__ == "__main__":
    unittest.main()
