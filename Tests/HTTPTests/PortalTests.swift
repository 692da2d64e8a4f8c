import AccountsAPI
import AccountsFakes
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Kernel
import KernelTesting
import Logging
import NIOCore
@testable import ParvisApp
import Testing

private let cookie = String(repeating: "a", count: 43)

/// A portal with one module, and one person who may be signed in.
private struct Doors {
  let test: TestPlatform
  let responder: WebResponder

  init() async throws {
    test = try await TestPlatform { _ in [Guestbook()] }
    let grant = Grant(.volunteer, subject: "v1")
    let hat = Hat(grant, label: Words(en: "Volunteer, 2020", fr: "Volontaire, 2020"))
    let visitor = Visitor(
      person: .sample, session: .sample, name: Name("Ada"), addresses: [],
      language: .en, hats: [hat], withheld: [], hat: hat, step: .none, strength: .letter,
      formToken: "token-of-the-session", idleUntil: test.clock.clock.now,
      expires: test.clock.clock.now)
    var accounts = FakeAccounts()
    accounts.onVisitor = { $0.text == cookie ? visitor : nil }
    accounts.onBeginSignIn = { _, _ in try #require(Secret(cookie)) }
    accounts.onEnterCode = { _, _, _ in throw AccountsError.wrongCode(left: 3) }
    let facade = Facade(test.platform)
    responder = WebResponder(
      facade: facade, door: .owner, bodyLimit: 20_000, report: nil,
      portal: Portal(
        facade, origin: "http://test", bodyLimit: 20_000, report: nil, accounts: accounts),
      log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
  }

  func get(_ path: String, signedIn: Bool = true, language: String = "en") async throws -> Answer {
    try await send(
      "GET", path, nil, signedIn, ["Accept-Language": language, "Accept": "text/html"])
  }

  func post(
    _ path: String, _ fields: [(String, String)], signedIn: Bool = true,
    token: String? = "token-of-the-session", headers: [String: String] = [:]
  ) async throws -> Answer {
    let all = fields + (token.map { [("_token", $0)] } ?? [])
    let body = all.map { "\(Target.encoded($0.0))=\(Target.encoded($0.1))" }.joined(separator: "&")
    var sent = [
      "Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin",
      "Accept": "text/html",
    ]
    sent.merge(headers) { $1 }
    return try await send("POST", path, body, signedIn, sent)
  }

  struct Answer {
    let status: Int
    let headers: HTTPFields
    let text: String
  }

  /// A body as it is.
  func post(raw path: String, _ body: String, type: String) async throws -> Answer {
    try await send(
      "POST", path, body, true,
      ["Content-Type": type, "Sec-Fetch-Site": "same-origin", "Accept": "text/html"])
  }

  private func send(
    _ method: String, _ path: String, _ body: String?, _ signedIn: Bool, _ headers: [String: String]
  ) async throws -> Answer {
    var fields = HTTPFields()
    if signedIn { fields[.cookie] = "__Host-parvis=\(cookie)" }
    for (name, value) in headers { if let name = HTTPField.Name(name) { fields[name] = value } }
    let head = HTTPRequest(
      method: HTTPRequest.Method(method) ?? .get, scheme: "http", authority: "test", path: path,
      headerFields: fields)
    let buffer = ByteBuffer(string: body ?? "")
    let response = await responder.respond(
      to: Hummingbird.Request(head: head, body: RequestBody(buffer: buffer)))
    let collector = Collector()
    try await response.body.write(collector)
    return Answer(
      status: response.status.code, headers: response.headers,
      text: String(decoding: collector.box.bytes, as: UTF8.self))
  }

  func sign(_ text: String = "Hello") async throws -> String {
    let note = try await test.call(
      "guestbook.sign", as: .anyone, ["name": "Ada", "text": .string(text)])
    return note["id"]?.text ?? ""
  }
}

private let signing = [("_form", "guestbook.sign"), ("name", "Grace"), ("text", "Good day")]

@Suite struct PortalTests {
  @Test func `a form on a later page of a list is done there, and leads back to it`() async throws {
    let doors = try await Doors()
    let notes = [try await doors.sign("One"), try await doors.sign("Two")].sorted()
    let first = try await doors.get("/one-note")
    let found = try #require(
      first.text.range(of: "after=[A-Za-z0-9_%=-]+", options: .regularExpression))
    let later = "/one-note?" + first.text[found]
    let second = try await doors.get(later)
    #expect(second.text.contains("action=\"\(later)\""), "\(second.text)")
    // The form is of the row that stands there, which the first page does not have.
    let answer = try await doors.post(later, [("_form", "guestbook.burn;note=\(notes[1])")])
    #expect(answer.status == 303)
    #expect(answer.headers[.location] == later)
    let left = try await doors.test.host.read {
      try $0.rows("SELECT id FROM guestbook_note").map { try $0.get("id", as: String.self) }
    }
    #expect(left == [notes[0]])
  }

  @Test(arguments: ["en", "fr"])
  func `a page has one title, its language, a label for each control, and its rules`(
    language: String
  ) async throws {
    let answer = try await Doors().get("/notes", signedIn: false, language: language)
    #expect(answer.status == 200)
    #expect(answer.text.contains("<html lang=\"\(language)\">"))
    #expect(answer.text.components(separatedBy: "<h1").count == 2)
    #expect(answer.text.contains(language == "fr" ? ">Texte" : ">Text"))
    #expect(!answer.text.contains("<script") && !answer.text.contains("style=\""))
    #expect(answer.headers[.contentSecurityPolicy]?.hasPrefix("default-src 'none'") == true)
    for id in answer.text.components(separatedBy: "<label for=\"").dropFirst() {
      #expect(answer.text.contains("id=\"\(id.prefix { $0 != "\"" })\""))
    }
  }

  @Test func `a form calls its use case as the visitor, leads on, and says so once`() async throws {
    let doors = try await Doors()
    let answer = try await doors.post("/notes", signing)
    #expect(answer.status == 303)
    #expect(answer.headers[.location] == "/notes")
    let said = answer.headers[values: .setCookie].first { $0.hasPrefix("__Host-parvis-said=") }
    #expect(said?.contains("Secure; HttpOnly; SameSite=Lax") == true)
    #expect(try await doors.get("/notes").text.contains("Good day"))
  }

  @Test func `a form that came in parts, as with a file, does the same`() async throws {
    let doors = try await Doors()
    let fields = signing + [("_token", "token-of-the-session")]
    let parts = fields.map {
      "--mark\r\nContent-Disposition: form-data; name=\"\($0.0)\"\r\n\r\n\($0.1)\r\n"
    }
    let file =
      "--mark\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n"
      + "Content-Type: text/plain\r\n\r\nHello\r\n--mark--\r\n"
    let type = "multipart/form-data; boundary=mark"
    let whole = try await doors.post(raw: "/notes", parts.joined() + file, type: type)
    #expect(whole.status == 303)
    #expect(try await doors.get("/notes").text.contains("Good day"))
    // Without the session’s token, or cut off, nothing is done.
    let bare = try await doors.post(raw: "/notes", parts.dropLast().joined() + file, type: type)
    #expect(bare.status == 403)
    let broken = try await doors.post(raw: "/notes", "--mark\r\nnothing", type: type)
    #expect([400, 403].contains(broken.status))
  }

  @Test func `a body in parts is read as browsers write it`() async throws {
    let text =
      "----x\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\none\r\ntwo\r\n"
      + "----x\r\nContent-Disposition: form-data; name=\"csv\"; filename=\"a;b.csv\"\r\n"
      + "Content-Type: text/csv\r\n\r\na,b\r\n1,2\r\n----x--\r\n"
    func read(_ text: String, _ type: String) async throws -> FormBody {
      try await FormBody.read(
        RequestBody(buffer: ByteBuffer(string: text)), type: type, limit: 10_000, vault: nil
      ) { _, _ in false }
    }
    let body = try await read(text, "multipart/form-data; boundary=\"--x\"")
    #expect(body.texts["note"] == ["one\r\ntwo"])
    #expect(body.files["csv"] == Data("a,b\r\n1,2".utf8))
    await #expect(throws: Problem.self) { try await read("--x\r\n", "multipart/form-data") }
  }

  @Test func `what is wrong is said at the field, and what was typed is kept`() async throws {
    let doors = try await Doors()
    let answer = try await doors.post(
      "/notes",
      [("_form", "guestbook.sign"), ("name", ""), ("text", "<b>Kept</b>"), ("priority", "9")])
    #expect(answer.status == 422)
    #expect(answer.text.contains("<title>Error: "))
    #expect(answer.text.contains("href=\"#f1-name\"") && answer.text.contains("id=\"f1-name\""))
    #expect(answer.text.contains("aria-invalid=\"true\""))
    #expect(answer.text.contains("&lt;b&gt;Kept&lt;/b&gt;"))
    #expect(answer.text.contains("value=\"9\""))
  }

  @Test func `a second click does nothing more and leads to the same place`() async throws {
    let doors = try await Doors()
    for _ in 0..<2 {
      let answer = try await doors.post("/notes", signing + [("_key", "once1")])
      #expect(answer.status == 303)
    }
    let page = try await doors.get("/notes")
    #expect(page.text.components(separatedBy: "Good day").count == 2)
  }

  @Test(
    arguments: [
      (["Sec-Fetch-Site": "cross-site"], "token-of-the-session"),
      (["Sec-Fetch-Site": "same-site"], "token-of-the-session"),
      ([:], "of somebody else"), ([:], nil),
    ] as [([String: String], String?)])
  func `the form of another site, or without the session’s token, does nothing`(
    headers: [String: String], token: String?
  ) async throws {
    let doors = try await Doors()
    let answer = try await doors.post("/notes", signing, token: token, headers: headers)
    #expect(answer.status == 403)
    #expect(try await !doors.get("/notes").text.contains("Good day"))
  }

  @Test func `a form the page does not offer is not performed`() async throws {
    let doors = try await Doors()
    let id = try await doors.sign()
    let answer = try await doors.post(
      "/notes", [("_form", "guestbook.burn;note=\(id)"), ("_sure", "1")])
    #expect(answer.status == 409)
    #expect(try await doors.get("/notes").text.contains("Hello"))
  }

  @Test func `what the page fixed wins over what was posted`() async throws {
    let doors = try await Doors()
    let mine = try await doors.sign("Mine")
    let other = try await doors.sign("Other")
    _ = try await doors.post(
      "/notes/\(mine)",
      [
        ("_form", "guestbook.change;note=\(mine)"), ("note", other), ("text", "Changed"),
        ("_version", "1"),
      ])
    #expect(try await doors.get("/notes/\(other)").text.contains("Other"))
    #expect(try await doors.get("/notes/\(mine)").text.contains("Changed"))
  }

  @Test func `a stale version shows what is there beside what was typed`() async throws {
    let doors = try await Doors()
    let id = try await doors.sign("First")
    func change(_ text: String) async throws -> Doors.Answer {
      try await doors.post(
        "/notes/\(id)",
        [("_form", "guestbook.change;note=\(id)"), ("text", text), ("_version", "1")])
    }
    #expect(try await change("Second").status == 303)
    let answer = try await change("Mine")
    #expect(answer.status == 409)
    #expect(answer.text.contains("Second") && answer.text.contains("Mine"))
    #expect(answer.text.contains("name=\"_version\" value=\"2\""))
  }

  @Test func `what cannot be undone asks once more`() async throws {
    let doors = try await Doors()
    let id = try await doors.sign()
    let form = [("_form", "guestbook.burn;note=\(id)")]
    let asked = try await doors.post("/notes/\(id)", form)
    #expect(asked.status == 200 && asked.text.contains("It cannot be had back."))
    #expect(try await doors.get("/notes/\(id)").status == 200)
    #expect(try await doors.post("/notes/\(id)", form + [("_sure", "1")]).status == 303)
    #expect(try await doors.get("/notes/\(id)").status == 404)
  }

  @Test func `hostile text stays text, on the page and in the spreadsheet`() async throws {
    let doors = try await Doors()
    let hostile = "<script>alert(1)</script>\"'&\u{1F600}" + String(repeating: "x", count: 3000)
    _ = try await doors.post(
      "/notes", [("_form", "guestbook.sign"), ("name", "=1+1"), ("text", hostile)])
    let page = try await doors.get("/notes")
    #expect(!page.text.contains("<script") && page.text.contains("&lt;script&gt;"))
    let csv = try await doors.get("/notes?csv=0")
    #expect(csv.text.contains("'=1+1"))
    for formula in [" =1+1", "\u{200B}=1+1", "＝1+1", "@SUM(1)"] {
      _ = try await doors.post(
        "/notes", [("_form", "guestbook.sign"), ("name", formula), ("text", "a;b")])
    }
    let lines = try await doors.get("/notes?csv=0").text.components(separatedBy: "\r\n")
    let signs = CharacterSet(charactersIn: "=+-@＝＋").union(.whitespaces)
    #expect(lines.count >= 6)
    for line in lines { #expect(line.unicodeScalars.first.map(signs.contains) != true, "\(line)") }
    #expect(lines.contains { $0.hasSuffix("\"a;b\"") })
    #expect(csv.headers[.contentDisposition]?.contains("notes.csv") == true)
  }

  @Test func `who is not signed in is led to sign in, and a page that is none says so`()
    async throws
  {
    let doors = try await Doors()
    let id = try await doors.sign()
    let answer = try await doors.get("/notes/\(id)", signedIn: false)
    #expect(answer.status == 303 && answer.headers[.location] == "/sign-in")
    let none = try await doors.get("/nothing", language: "fr")
    #expect(none.status == 404)
    #expect(none.text.contains("<h1>Introuvable</h1>") || none.text.contains("<h1>Not found</h1>"))
    #expect(try await doors.get("/notes/x").status == 404)
  }

  @Test func `broken, oversized and foreign bodies are refused as pages`() async throws {
    let doors = try await Doors()
    for (type, status) in [("text/plain", 400), ("multipart/form-data", 400)] {
      #expect(
        try await doors.post("/notes", signing, headers: ["Content-Type": type]).status == status)
    }
    let much = String(repeating: "x", count: 30_000)
    #expect(try await doors.post("/notes", signing + [("more", much)]).status == 413)
    #expect(try await doors.post("/accessibility", signing).status == 409)
  }

  @Test func `signing in asks for an address, then for the code, and keeps faults at the field`()
    async throws
  {
    let doors = try await Doors()
    let begun = try await doors.post(
      "/sign-in", [("_form", "web.sign-in"), ("email", "ada@example.org")], signedIn: false,
      token: nil)
    #expect(begun.status == 303 && begun.headers[.location] == "/sign-in/code")
    #expect(
      begun.headers[values: .setCookie].contains { $0.hasPrefix("__Host-parvis-browser=\(cookie)") }
    )
    let wrong = try await doors.post(
      "/sign-in/code", [("_form", "web.code"), ("code", "123456")], signedIn: false, token: nil)
    #expect(wrong.status == 422)
    #expect(wrong.text.contains("Attempts left: 3") && wrong.text.contains("id=\"f1-code-fault\""))
    let blank = try await doors.post(
      "/sign-in", [("_form", "web.sign-in"), ("email", "")], signedIn: false, token: nil)
    #expect(blank.status == 422)
  }

  @Test func `the home page lists what somebody wears`() async throws {
    let answer = try await Doors().get("/")
    #expect(answer.text.contains("Volunteer, 2020") && answer.text.contains("Guestbook"))
  }
}
