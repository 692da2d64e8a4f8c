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
import Pages
@testable import ParvisApp
import Testing

/// A module of this test that keeps one kind of file.
private struct Cabinet: PortalModule {
  static let name = "cabinet"
  static let summary = Words(en: "files", fr: "fichiers")
  let host: Kernel.Host

  struct Sheet: Record, Codable, Sendable {
    static let table = "cabinet_sheet"
    let id: String
    var title: Name
    var name: FileName
    var type: FileType
    var bytes: Int
    var content: ContentHash
  }
  struct Add: Codable, Sendable {
    let title: Name
    let file: Upload
  }
  struct AddAlone: Codable, Sendable {
    let file: Upload
  }
  struct One: Codable, Sendable {
    let id: Name
  }

  var migrations: [Migration] {
    [
      Migration(
        "cabinet.1",
        """
        CREATE TABLE cabinet_sheet (id TEXT PRIMARY KEY, title TEXT NOT NULL, name TEXT NOT NULL,
          type TEXT NOT NULL, bytes BIGINT NOT NULL, content TEXT NOT NULL)
        """)
    ]
  }
  var fileColumns: [FileColumn] { [FileColumn("cabinet_sheet", "content")] }

  var add: UseCase<Add, Sheet> {
    .command(
      "cabinet.add", .post, "/sheets", by: [.anyone, .volunteer], Words(en: "Add", fr: "Ajouter"),
      asking: { (input: Add, _) in try await host.files.keep(input.file) }
    ) { (input: Add, file, transaction) in try store(file, input.title, transaction) }
  }
  var addAlone: UseCase<AddAlone, Sheet> {
    .command(
      "cabinet.add-alone", .post, "/sheets/alone", by: [.anyone, .volunteer],
      Words(en: "Add", fr: "Ajouter"),
      asking: { (input: AddAlone, _) in try await host.files.keep(input.file) }
    ) { (_: AddAlone, file, transaction) in try store(file, named("alone"), transaction) }
  }
  var send: UseCase<One, SentFile> {
    .query(
      "cabinet.file", "/sheets/{id}", by: [.anyone], Words(en: "Get", fr: "Obtenir"),
      traits: [.answersWithFile]
    ) { (input: One, transaction) in
      guard let row = try transaction.find(Sheet.self, input.id.description) else {
        throw Problem.notFound(Words("sheet"), input.id)
      }
      return SentFile(
        KeptFile(name: row.name, type: row.type, bytes: row.bytes, content: row.content))
    }
  }
  var endpoints: [Endpoint] { [add.endpoint, addAlone.endpoint, send.endpoint] }

  var pages: [PortalPage] {
    [
      PortalPage("cabinet.page", "/cabinet", by: [.volunteer], Words("Cabinet")) {
        (_: Nothing, transaction) in
        let rows = try transaction.select(Sheet.self, "ORDER BY title")
        return PageContent(title: Words("Cabinet")) {
          for row in rows { Block.prose("\(row.title): \(row.name)") }
          Block.form(
            "cabinet.add", ["title", FormField("file", as: .file(accept: FileType.accept))],
            button: Words("Add"), then: .here(Words("Added.")))
        }
      }
    ]
  }

  private func store(_ file: KeptFile, _ title: Name, _ transaction: Transaction) throws -> Sheet {
    let id: ID<Cabinet> = transaction.newID()
    let row = Sheet(
      id: id.description, title: title, name: file.name, type: file.type, bytes: file.bytes,
      content: file.content)
    try transaction.insert(row)
    return row
  }
}

private func named(_ text: String) -> Name { Name(text) ?? .sample }
private let cookie = String(repeating: "a", count: 43)
private let pdf = Data("%PDF-1.7\n".utf8)

/// The whole web face above the cabinet, with its files in a folder of its own.
private final class Office: Sendable {
  let folder = NSTemporaryDirectory() + "/parvis-files-\(UInt64.random(in: 0 ... .max))"
  let vault: FileVault
  let platform: Platform
  let clock = SetClock(Instant("2020-03-02T09:00:00Z") ?? Instant(milliseconds: 0))
  let responder: WebResponder

  init(limit: Int = 1 << 20, bodyLimit: Int = 20_000) async throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let vault = FileVault(folder: folder + "/files", limit: { limit })
    self.vault = vault
    let database = try TestDatabase.make()
    let host = Kernel.Host(database: database, clock: clock.clock, files: vault)
    let cabinet = Cabinet(host: host)
    platform = Platform(
      modules: [cabinet, FilesModule(host: host, vault: vault, others: [cabinet])],
      database: database, clock: clock.clock)
    try await platform.migrate()
    let hat = Hat(Grant(.volunteer, subject: "v1"), label: Words("Volunteer"))
    let visitor = Visitor(
      person: .sample, session: .sample, name: Name("Ada"), addresses: [], language: .en,
      hats: [hat], withheld: [], hat: hat, step: .none, strength: .letter,
      formToken: "token-of-the-session", idleUntil: clock.clock.now, expires: clock.clock.now)
    var accounts = FakeAccounts()
    accounts.onVisitor = { $0.text == cookie ? visitor : nil }
    let facade = Facade(platform)
    responder = WebResponder(
      facade: facade, door: .owner, bodyLimit: bodyLimit, report: nil,
      portal: Portal(
        facade, origin: "http://test", bodyLimit: bodyLimit, report: nil, accounts: accounts),
      log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  struct Answer {
    let status: Int
    let headers: HTTPFields
    let bytes: [UInt8]
    var text: String { String(decoding: bytes, as: UTF8.self) }
    var json: JSON { (try? JSON(parsing: Data(bytes))) ?? .null }
  }

  /// Sends a body in pieces of `size` bytes.
  func send(
    _ method: String, _ path: String, _ body: Data = Data(), _ headers: [String: String] = [:],
    inPiecesOf size: Int = 1000
  ) async throws -> Answer {
    var fields = HTTPFields()
    fields[.cookie] = "__Host-parvis=\(cookie)"
    for (name, value) in ["Parvis-Actor": "anyone"].merging(headers, uniquingKeysWith: { $1 }) {
      if let name = HTTPField.Name(name) { fields[name] = value }
    }
    let head = HTTPRequest(
      method: HTTPRequest.Method(method) ?? .get, scheme: "http", authority: "test", path: path,
      headerFields: fields)
    let pieces = stride(from: 0, to: body.count, by: size).map {
      ByteBuffer(bytes: body[$0..<min($0 + size, body.count)])
    }
    let sent = RequestBody(
      asyncSequence: AsyncStream<ByteBuffer> { source in
        for piece in pieces { source.yield(piece) }
        source.finish()
      })
    let response = await responder.respond(to: Hummingbird.Request(head: head, body: sent))
    let collector = Collector()
    try await response.body.write(collector)
    return Answer(
      status: response.status.code, headers: response.headers, bytes: collector.box.bytes)
  }

  /// Posts the form of the page.
  func post(
    _ file: Data, called name: String, title: String = "Plan",
    token: String? = "token-of-the-session", inPiecesOf size: Int = 1000
  ) async throws -> Answer {
    let form = FormText(boundary: "mark")
      .with("_form", "cabinet.add").with("_token", token).with("title", title)
      .with("file", file, called: name).closed
    return try await send(
      "POST", "/cabinet", form,
      [
        "Content-Type": "multipart/form-data; boundary=mark", "Sec-Fetch-Site": "same-origin",
        "Accept": "text/html",
      ], inPiecesOf: size)
  }

  func keptFiles() -> [String] { regularFiles(below: folder + "/files") }
}

/// A form as a browser writes it.
private struct FormText {
  let boundary: String
  var data = Data()

  init(boundary: String) { self.boundary = boundary }

  func with(_ name: String, _ value: String?) -> FormText {
    guard let value else { return self }
    var next = self
    next.data += Data(
      "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8)
    return next
  }
  func with(_ name: String, _ file: Data, called: String) -> FormText {
    var next = self
    next.data += Data(
      "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"; filename=\"\(called)\"\r\nContent-Type: text/html\r\n\r\n"
        .utf8)
    next.data += file + Data("\r\n".utf8)
    return next
  }
  var closed: Data { data + Data("--\(boundary)--\r\n".utf8) }
}

@Suite struct FilesOverTheWeb {
  @Test(arguments: [1, 7, 1000, 100_000])
  func `a file of a form is kept by its contents, however it comes in pieces`(size: Int)
    async throws
  {
    let office = try await Office()
    let data =
      pdf + Data("\r\n--mar\r\n--marl\r\n--".utf8) + Data((0..<30_000).map { UInt8($0 % 251) })
    let answer = try await office.post(data, called: "Plan d’été.pdf", inPiecesOf: size)
    #expect(answer.status == 303, "\(answer.text)")
    let page = try await office.send("GET", "/cabinet", Data(), ["Accept": "text/html"])
    #expect(page.text.contains("Plan d’été.pdf"))
    let kept = office.keptFiles()
    #expect(kept.count == 1)
    let path = office.folder + "/files/" + (kept.first ?? "")
    #expect(FileManager.default.contents(atPath: path) == data)
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
  }

  @Test func `equal contents are one file, and each has its own name`() async throws {
    let office = try await Office()
    for name in ["a.pdf", "b.pdf", "b.pdf"] {
      #expect(try await office.post(pdf, called: name, title: name).status == 303)
    }
    #expect(office.keptFiles().count == 1)
  }

  @Test(
    arguments: [
      ("a.html", "<h1>"), ("a.pdf", "<h1>"), ("a.svg", "<svg/>"), ("a.pdf", "MZ"), ("..", "x"),
      ("a.txt", "\u{0}"),
    ])
  func `what is not taken is said at its field, and what was typed is kept`(
    name: String, text: String
  ) async throws {
    let office = try await Office()
    let answer = try await office.post(Data(text.utf8), called: name, title: "Kept text")
    #expect(answer.status == 422)
    #expect(answer.text.contains("aria-invalid=\"true\"") && answer.text.contains("Kept text"))
    #expect(office.keptFiles().isEmpty)
  }

  @Test func `a file beyond the limit is refused at its field, with the limit`() async throws {
    let office = try await Office(limit: 1 << 20)
    let most = pdf + Data(count: (1 << 20) - pdf.count)
    #expect(try await office.post(most, called: "a.pdf", inPiecesOf: 60_000).status == 303)
    let answer = try await office.post(most + [0], called: "b.pdf", inPiecesOf: 60_000)
    #expect(answer.status == 422 && answer.text.contains("1 MiB"))
    #expect(office.keptFiles().count == 1)
  }

  @Test func `without the token of the session nothing is written`() async throws {
    let office = try await Office()
    for token in [nil, "of somebody else"] {
      #expect(try await office.post(pdf, called: "a.pdf", token: token).status == 403)
    }
    #expect(!FileManager.default.fileExists(atPath: office.folder + "/files"))
  }

  @Test func `a form that breaks off leaves nothing behind`() async throws {
    let office = try await Office()
    let form = FormText(boundary: "mark").with("_form", "cabinet.add")
      .with("_token", "token-of-the-session").with("title", "T")
      .with("file", pdf + Data(count: 5000), called: "a.pdf").data.dropLast(100)
    let answer = try await office.send(
      "POST", "/cabinet", Data(form),
      ["Content-Type": "multipart/form-data; boundary=mark", "Sec-Fetch-Site": "same-origin"])
    #expect(answer.status == 400)
    #expect(office.keptFiles().isEmpty)
  }

  @Test func `a ticket that a program makes up stands for nothing`() async throws {
    let office = try await Office()
    #expect(try await office.post(pdf, called: "a.pdf").status == 303)
    for file in ["ticket:" + String(repeating: "a", count: 64), "local:/etc/passwd", "/etc/passwd"]
    {
      let body = try JSON.data(of: ["title": "T", "file": .string(file)] as JSON)
      let answer = try await office.send(
        "POST", "/v1/sheets", body, ["Content-Type": "application/json"])
      #expect(answer.status == 422, "\(file)")
      let form = FormText(boundary: "mark").with("_form", "cabinet.add")
        .with("_token", "token-of-the-session").with("title", "T").with("file", file).closed
      let page = try await office.send(
        "POST", "/cabinet", form,
        ["Content-Type": "multipart/form-data; boundary=mark", "Sec-Fetch-Site": "same-origin"])
      #expect(page.status == 422, "\(file)")
    }
  }

  @Test func `programs send a form, bytes with a name, or JSON, and get the bytes back`()
    async throws
  {
    let office = try await Office()
    let form = FormText(boundary: "mark").with("title", "T").with("file", pdf, called: "a.pdf")
    var made = [
      try await office.send(
        "POST", "/v1/sheets", form.closed, ["Content-Type": "multipart/form-data; boundary=mark"]),
      try await office.send(
        "POST", "/v1/sheets/alone", pdf,
        [
          "Content-Type": "application/pdf",
          "Content-Disposition": "attachment; filename*=UTF-8''%C3%A9t%C3%A9.pdf",
        ]),
    ]
    let inline = Upload.inline(try #require(FileName("a.pdf")), pdf).description
    made.append(
      try await office.send(
        "POST", "/v1/sheets", try JSON.data(of: ["title": "T", "file": .string(inline)] as JSON),
        ["Content-Type": "application/json"]))
    #expect(made.map(\.status) == [200, 200, 200], "\(made.map(\.text))")
    #expect(made.map { $0.json["name"]?.text } == ["a.pdf", "été.pdf", "a.pdf"])
    let id = made[1].json["id"]?.text ?? ""
    let got = try await office.send("GET", "/v1/sheets/\(id)")
    #expect(got.status == 200 && Data(got.bytes) == pdf)
    #expect(got.headers[.contentType] == "application/pdf")
    #expect(
      got.headers[.contentDisposition]
        == "attachment; filename=\"_t_.pdf\"; filename*=UTF-8''%C3%A9t%C3%A9.pdf")
    #expect(got.headers[.contentSecurityPolicy] == "default-src 'none'; sandbox")
    #expect(got.headers[.xContentTypeOptions] == "nosniff")
    let nameless = try await office.send(
      "POST", "/v1/sheets/alone", pdf, ["Content-Type": "application/pdf"])
    #expect(nameless.status == 422)
  }

  @Test func `a command sent twice under a key is done once, with the same file`() async throws {
    let office = try await Office()
    let headers = [
      "Content-Type": "application/pdf", "Idempotency-Key": "k", "Parvis-Actor": "volunteer:v1",
      "Content-Disposition": "attachment; filename=\"a.pdf\"",
    ]
    let first = try await office.send("POST", "/v1/sheets/alone", pdf, headers)
    let second = try await office.send("POST", "/v1/sheets/alone", pdf, headers)
    #expect(first.status == 200 && second.json["id"] == first.json["id"])
    let other = try await office.send("POST", "/v1/sheets/alone", pdf + pdf, headers)
    #expect(other.status == 422 && other.json["type"]?.text?.hasSuffix("key-reused") == true)
  }

  @Test func `what no row names goes after a day, and what is missing is named`() async throws {
    let office = try await Office()
    let kept = try await office.vault.keep(.inline(try #require(FileName("a.pdf")), pdf))
    #expect(try await office.post(pdf + pdf, called: "b.pdf").status == 303)
    let old = Date(timeIntervalSinceNow: -7200)
    try FileManager.default.setAttributes(
      [.modificationDate: old], ofItemAtPath: office.vault.path(of: kept.content))
    func check() async throws -> JSON {
      try await office.platform.perform(Kernel.Request("files.check", as: .administrator))
    }
    #expect(try await check()["unnamed"] == 1)
    try await office.platform.runDueJobs()
    #expect(office.keptFiles().count == 2)
    office.clock.set(Instant("2020-03-03T10:00:00Z") ?? .sample)
    try await office.platform.runDueJobs()
    #expect(office.keptFiles().count == 1)
    #expect(try await check()["missing"]?.items.isEmpty == true)
    // A byte that changed on the disk is found.
    let left = office.folder + "/files/" + (office.keptFiles().first ?? "")
    try Data("%PDF-1.7\n%PDF-1.8\n".utf8).write(to: URL(fileURLWithPath: left))
    #expect(try await check()["missing"]?.items.count == 1)
  }

  @Test func `a command sent again under its key after a restart is known, with the same file`()
    async throws
  {
    let office = try await Office()
    let keys = office.folder + "/keys"
    func ticket(of data: Data, called name: String, in vault: FileVault) async throws -> String {
      let intake = try await vault.begin(name)
      try intake.take(data)
      let staged = try vault.stage(intake)
      defer { vault.discard(staged) }
      return staged.ticket
    }
    func vault() -> FileVault {
      FileVault(folder: office.folder + "/files", keys: keys, limit: { 1 << 20 })
    }
    let before = try await ticket(of: pdf, called: "a.pdf", in: vault())
    #expect(try await ticket(of: pdf, called: "a.pdf", in: vault()) == before)
    #expect(try await ticket(of: pdf, called: "b.pdf", in: vault()) != before)
    let secret = keys + "/files.secret"
    let mode = try FileManager.default.attributesOfItem(atPath: secret)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    // Of another instance it is another.
    try FileManager.default.removeItem(atPath: secret)
    #expect(try await ticket(of: pdf, called: "a.pdf", in: vault()) != before)
  }

  @Test func `an erasure takes away at once what no row names, and nothing else`() async throws {
    let office = try await Office()
    #expect(try await office.post(pdf, called: "kept.pdf").status == 303)
    #expect(try await office.post(pdf + pdf, called: "taken-back.pdf").status == 303)
    try await office.platform.database.write {
      try $0.execute("DELETE FROM cabinet_sheet WHERE name = 'taken-back.pdf'")
    }
    // Somebody is just handing this in.
    let intake = try await office.vault.begin("coming.pdf")
    try intake.take(pdf + pdf + pdf)
    let staged = try office.vault.stage(intake)
    _ = try await office.vault.keep(staged.upload)
    let files = office.platform.modules.lazy.compactMap { $0 as? FilesModule }.first
    let somebody = DataSubject(grants: [Grant(.volunteer, subject: "v1")])
    try await files?.erasingOutside(somebody)
    #expect(office.keptFiles().count == 2)
    office.vault.discard(staged)
    try await files?.erasingOutside(somebody)
    #expect(office.keptFiles().count == 1)
    // By way of JSON it is on its way for longer than its call to keep it.
    _ = try await office.vault.keep(
      .inline(try #require(FileName("inline.pdf")), pdf + pdf + pdf + pdf))
    try await files?.erasingOutside(somebody)
    #expect(office.keptFiles().count == 2)
  }

  @Test func `an upload that is cut off is refused, and leaves no file`() async throws {
    let office = try await Office()
    let cut = try await office.send(
      "POST", "/v1/sheets/alone", pdf + Data(count: 3000),
      [
        "Content-Type": "application/pdf", "Content-Length": "9000",
        "Content-Disposition": "attachment; filename=\"a.pdf\"",
      ])
    #expect(cut.status == 400, "\(cut.text)")
    #expect(office.keptFiles().isEmpty)
  }

  @Test func `a form with too many parts, too long a head or too large a field is refused`()
    async throws
  {
    let office = try await Office(bodyLimit: 200_000)
    let plain = FormText(boundary: "mark").with("_form", "cabinet.add")
      .with("_token", "token-of-the-session").with("title", "T")
    func post(_ form: FormText) async throws -> Int {
      try await office.send(
        "POST", "/cabinet", form.closed,
        [
          "Content-Type": "multipart/form-data; boundary=mark", "Sec-Fetch-Site": "same-origin",
          "Accept": "text/html",
        ]
      ).status
    }
    func parts(_ count: Int) -> FormText {
      (0..<count - 3).reduce(plain) { form, number in form.with("more", "\(number)") }
    }
    // A form as it may be lacks its file; what is beyond is no form of ours.
    #expect(try await post(parts(1000)) == 422)
    #expect(try await post(parts(1001)) == 400)
    #expect(try await post(plain.with("more", String(repeating: "a", count: 190_000))) == 422)
    #expect(try await post(plain.with("more", String(repeating: "a", count: 200_001))) == 413)
    let long = String(repeating: "a", count: 9000)
    #expect(try await post(plain.with("file", pdf, called: long)) == 400)
    #expect(office.keptFiles().isEmpty)
  }

  @Test func `files that came with a form that was refused are let go`() async throws {
    let office = try await Office()
    // The title is missing: the use case is not called, and its file is nobody's.
    let answer = try await office.post(pdf, called: "a.pdf", title: " ")
    #expect(answer.status == 422)
    #expect(office.keptFiles().isEmpty)
    #expect(office.vault.coming().isEmpty)
  }

  @Test func `what was damaged on the disk is whole again once it is handed in again`() async throws
  {
    let office = try await Office()
    #expect(try await office.post(pdf, called: "a.pdf").status == 303)
    let path = office.folder + "/files/" + (office.keptFiles().first ?? "")
    for damage in [Data("%PDF-1.8\n".utf8), Data()] {
      try damage.write(to: URL(fileURLWithPath: path))
      #expect(try await office.post(pdf, called: "a.pdf", title: "Again").status == 303)
      #expect(FileManager.default.contents(atPath: path) == pdf)
    }
  }

  @Test func `a form that is none is refused, whatever is wrong with it`() throws {
    for text in [
      "--x\r\n\r\nno head\r\n--x--", "--x\r\nContent-Disposition: attachment\r\n\r\na\r\n--x--",
      "--xContent-Disposition: form-data; name=\"a\"\r\n\r\na\r\n--x--", "nothing", "",
      "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\na",
      "--x\r\n" + String(repeating: "a", count: 9000),
    ] {
      #expect(throws: Problem.self, "\(text.prefix(60))") {
        var parser = try MultipartParser(type: "multipart/form-data; boundary=x")
        _ = try parser.take(Data(text.utf8))
        try parser.finish()
      }
    }
    #expect(throws: Problem.self) { try MultipartParser(type: "multipart/form-data") }
    var parser = try MultipartParser(type: "multipart/form-data; boundary=\"x y\"")
    let text =
      "preamble\r\n--x y  \r\nContent-Disposition: form-data; name=\"a\"; filename=\"C:\\dir\\a %22b%22;.txt\"\r\n\r\n\r\n--x y--\r\nepilogue"
    #expect(
      try parser.take(Data(text.utf8)) == [
        .begin(.init(name: "a", file: "C:\\dir\\a \"b\";.txt")), .end,
      ])
  }
}
