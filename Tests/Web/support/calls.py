"""A small call of its own, beside the play's: what a test of applying, reading or deciding needs."""

import datetime

TITLE = "A small call"
QUESTIONS = [
    {"key": "purpose", "section": {"en": "Your organisation", "fr": "Votre structure"},
     "label": {"en": "What do you do?", "fr": "Que faites-vous ?"}, "kind": "text",
     "required": True, "maximum": 1000},
    {"key": "people", "label": {"en": "How many people do you help?", "fr": "Combien de personnes ?"},
     "kind": "number", "required": True, "maximum": 100000},
    {"key": "project", "section": {"en": "Your project", "fr": "Votre projet"},
     "label": {"en": "What do you want to move forward?", "fr": "Que voulez-vous faire avancer ?"},
     "kind": "text", "required": True, "maximum": 1000},
]
CRITERIA = [
    {"key": "use", "name": {"en": "Use", "fr": "Utilité"}, "weight": 2},
    {"key": "care", "name": {"en": "Care", "fr": "Soin"}, "weight": 1},
]


def today(instance, days=0):
    moment = datetime.datetime.fromtimestamp(instance.now(), datetime.timezone.utc)
    return (moment.date() + datetime.timedelta(days=days)).isoformat()


def opened(instance, places=1):
    """The id of a call that anybody may apply to now."""
    call = instance.call("POST", "/calls", {
        "edition": instance.edition(), "title": TITLE, "opensOn": today(instance),
        "closesOn": today(instance, 20), "places": places, "questions": QUESTIONS,
        "criteria": CRITERIA})["id"]
    instance.call("POST", f"/calls/{call}/opening")
    return call


def handed_in(instance, call, name):
    """The id of an application of an association of that name."""
    word = name.split()[-1].lower()
    organisation = instance.call("POST", "/organisations", {
        "name": name, "kind": "association", "territory": "FR-IDF", "foundedOn": "2010-01-01", "causes": [],
        "contact": {"name": f"Lou Fictif-{name.split()[-1]}", "email": f"lou@{word}.example",
                    "language": "en"}})["organisation"]
    application = instance.call(
        "POST", f"/calls/{call}/applications", {"organisation": organisation})["id"]
    instance.call("PUT", f"/applications/{application}/answers", {
        "answers": {"purpose": f"{name} mends what is broken.", "people": 120,
                    "project": "A workshop in each district."}})
    instance.call("POST", f"/applications/{application}/submission")
    return application


def closed(instance, call):
    instance.call("POST", f"/calls/{call}/closing", {"early": True})
