"""A browser that only sends and receives: quick, and shows status, headers and cookies."""

import html
import html.parser
import http.client
import urllib.parse


class Answer:
    def __init__(self, status, headers, body, url):
        self.status, self.headers, self.url = status, headers, url
        self.bytes = body
        self.text = body.decode("utf-8", "replace")

    @property
    def location(self):
        return self.headers.get("Location")

    def cookies(self):
        return [value for name, value in self.headers.items() if name.lower() == "set-cookie"]

    @property
    def page(self):
        if not hasattr(self, "_page"):
            self._page = Page(self.text)
        return self._page


class Client:
    """Keeps cookies as a browser on http://127.0.0.1 does, where `Secure` ones are sent too."""

    def __init__(self, base, language="en"):
        self.base, self.language = base, language
        self.jar = {}
        self.host = urllib.parse.urlsplit(base).netloc
        self._connection = None

    def request(self, method, path, body=None, headers=None, keeps=True):
        if path.startswith(self.base):
            path = path[len(self.base):] or "/"
        path = path.split("#")[0]
        sent = {"Accept": "text/html", "Accept-Language": self.language, "User-Agent": "Tests"}
        if self.jar:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.jar.items())
        sent.update(headers or {})
        sent = {name: value for name, value in sent.items() if value is not None}
        for again in (True, False):
            try:
                if self._connection is None:
                    self._connection = http.client.HTTPConnection(self.host, timeout=60)
                self._connection.request(method, path, body, sent)
                reply = self._connection.getresponse()
                answer = Answer(reply.status, reply.headers, reply.read(), path)
                break
            except (http.client.RemoteDisconnected, ConnectionError):
                self._connection = None
                if not again:
                    raise
        for cookie in answer.cookies() if keeps else []:
            name, _, rest = cookie.partition("=")
            value, _, attributes = rest.partition(";")
            if "max-age=0" in attributes.lower():
                self.jar.pop(name, None)
            else:
                self.jar[name] = value
        return answer

    def get(self, path, **more):
        return self.request("GET", path, **more)

    def post(self, path, fields, headers=None, **more):
        pairs = fields.items() if isinstance(fields, dict) else fields
        body = urllib.parse.urlencode(list(pairs), encoding="utf-8")
        return self.request(
            "POST", path, body,
            {"Content-Type": "application/x-www-form-urlencoded",
             "Sec-Fetch-Site": "same-origin", "Origin": self.base, **(headers or {})}, **more)

    def follow(self, answer):
        """Where a form led to."""
        assert answer.status == 303, f"{answer.url}: {answer.status}\n{answer.page.text[:600]}"
        return self.get(answer.location)

    def submit(self, path, form, values=None, sure=False, **more):
        """Posts a form of a page as a browser would: with what it holds already."""
        page = self.get(path).page
        found = page.form(form)
        fields = [(n, v) for n, v in found.fields if n not in (values or {})]
        for name, value in (values or {}).items():
            fields += [(name, one) for one in (value if isinstance(value, list) else [value])]
        if sure:
            fields.append(("_sure", "1"))
        return self.post(found.action or path, fields, **more)

    def upload(self, path, form, name, filename, content, values=None):
        """Posts a form with a file."""
        found = self.get(path).page.form(form)
        fields = [(n, v) for n, v in found.fields if n not in (values or {})]
        kind, body = multipart(fields + list((values or {}).items()), name, filename, content)
        return self.request(
            "POST", found.action or path, body,
            {"Content-Type": kind, "Sec-Fetch-Site": "same-origin", "Origin": self.base})

    def look_around(self, link):
        """Comes in by a guide's link."""
        self.get(link)
        answer = self.submit(link, "web.look-around")
        assert answer.status == 303, answer.text
        return self

    def signed_in(self):
        return "__Host-parvis" in self.jar


class Form:
    def __init__(self, action, enctype):
        self.action, self.enctype, self.fields, self.names = action, enctype, [], set()

    @property
    def id(self):
        return dict(self.fields).get("_form", "")


class Page(html.parser.HTMLParser):
    """A page's text, links and forms."""

    VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source",
            "track", "wbr", "rect"}

    def __init__(self, source):
        super().__init__(convert_charrefs=True)
        self.links, self.forms, self.ids = [], [], []
        self.title, self.headings = "", []
        self._text, self._stack, self._form, self._area, self._select = [], [], None, None, None
        self.feed(source)
        self.text = " ".join("".join(self._text).split())

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if tag not in self.VOID:
            self._stack.append(tag)
        if values.get("id"):
            self.ids.append(values["id"])
        if tag == "a" and values.get("href"):
            self.links.append(values["href"])
        if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            self.headings.append(int(tag[1]))
        if tag == "form":
            self._form = Form(values.get("action"), values.get("enctype"))
            if (values.get("method") or "").lower() == "post":
                self.forms.append(self._form)
        if self._form is None:
            return
        name = values.get("name")
        if name:
            self._form.names.add(name)
        if tag == "input" and name and values.get("type") not in ("checkbox", "radio", "file"):
            self._form.fields.append((name, values.get("value") or ""))
        if tag == "input" and values.get("type") in ("checkbox", "radio") and "checked" in values:
            self._form.fields.append((name, values.get("value") or "on"))
        if tag == "textarea":
            self._area = (name, [])
        if tag == "select":
            self._select = name
        if tag == "option" and "selected" in values and self._select:
            self._form.fields.append((self._select, values.get("value") or ""))

    def handle_endtag(self, tag):
        if tag == "textarea" and self._area and self._form:
            text = "".join(self._area[1])
            self._form.fields.append((self._area[0], text[1:] if text[:1] == "\n" else text))
            self._area = None
        if tag == "form":
            self._form = None
        if tag == "select":
            self._select = None
        if tag in self._stack:
            while self._stack and self._stack.pop() != tag:
                pass
        self._text.append(" ")

    def handle_data(self, data):
        if self._area is not None:
            self._area[1].append(data)
        if "title" in self._stack:
            self.title += data
        if not {"style", "script", "title"} & set(self._stack):
            self._text.append(data)

    def form(self, name):
        """The form that calls an endpoint, by its name or whole id."""
        for form in self.forms:
            if form.id == name or form.id.split(";")[0] == name:
                return form
        raise AssertionError(f"no form {name} in: {[form.id for form in self.forms]}\n{self.text[:400]}")

    def has_form(self, name):
        return any(form.id.split(";")[0] == name for form in self.forms)


def multipart(fields, name, filename, content):
    """A body as a browser makes it for a form with a file."""
    boundary = "----tests7d1b"
    body = b""
    for field, value in fields:
        body += (f"--{boundary}\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n"
                 f"{value}\r\n").encode()
    body += (f"--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"; "
             f"filename=\"{filename}\"\r\nContent-Type: text/csv\r\n\r\n").encode()
    body += content + f"\r\n--{boundary}--\r\n".encode()
    return f"multipart/form-data; boundary={boundary}", body
