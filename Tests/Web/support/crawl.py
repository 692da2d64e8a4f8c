"""Finds the pages somebody can reach from their home page by following links."""

import re
import urllib.parse

_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")

# What anybody may open, whatever the instance holds.
OPEN = ["/", "/sign-in", "/sign-in/code", "/accessibility", "/privacy", "/imprint", "/calls",
        "/organisations/new", "/nothing-here"]


def pattern(address):
    """The kind of page an address leads to: without identifiers and values."""
    parts = urllib.parse.urlsplit(address)
    names = sorted({name for name, _ in urllib.parse.parse_qsl(parts.query)} - {"as", "lang"})
    path = _ID.sub("{}", parts.path)
    path = re.sub(r"^/letter-kinds/.+", "/letter-kinds/{}", path)
    return path + ("?" + "&".join(names) if names else "")


def _wanted(href):
    if href.startswith(("#", "http:", "https:", "mailto:", "tel:", "//")):
        return False
    path = urllib.parse.urlsplit(href).path
    return not path.startswith(("/report", "/openapi.json", "/a/", "/sign-out"))


def reach(client, start=("/",), most_of_a_kind=2, most=400):
    """Address → answer, for every page reached: at most so many of a kind."""
    found, counts, waiting = {}, {}, list(start)
    while waiting and len(found) < most:
        address = waiting.pop(0)
        if address in found:
            continue
        kind = pattern(address)
        if counts.get(kind, 0) >= most_of_a_kind:
            continue
        counts[kind] = counts.get(kind, 0) + 1
        answer = client.get(address)
        found[address] = answer
        if "text/html" not in answer.headers.get("Content-Type", ""):
            continue
        for href in answer.page.links:
            if not _wanted(href):
                continue
            path = urllib.parse.urljoin(address, href).split("#")[0]
            query = urllib.parse.parse_qsl(urllib.parse.urlsplit(path).query)
            if any(name == "lang" for name, _ in query):
                continue
            waiting.append(path)
    return found
