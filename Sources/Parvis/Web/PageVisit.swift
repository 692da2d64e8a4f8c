internal import AccountsAPI
internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import Kernel
internal import NIOCore
internal import Pages

/// One request for a page: who asks, what they see.
struct PageVisit {
  let portal: Portal
  var guest: Guest
  let target: Target
  let path: String
  /// To be set with the answer.
  var cookies: [Cookie]

  private var platform: Platform { portal.platform }
  private var query: [(name: String, value: String)] {
    let asked = target.query.filter { $0.name != "lang" }
    guard let rest else { return asked }
    return asked.filter { $0.name != "after" } + [(name: "after", value: rest)]
  }
  /// Where the next part of a list begins, while a whole one is gathered for a file.
  var rest: String?

  /// How many rows a file of a table has at most.
  private static let mostInFile = 50_000

  /// Finds out who is asking, and in which language they read.
  mutating func recognise(_ request: Hummingbird.Request) async throws {
    let sent = Cookie.read(request.headers[values: .cookie])
    guest.browser = sent[Cookie.browserName].flatMap { Secret($0) }
    guest.passkey = sent[Cookie.passkeyName].flatMap { Secret($0) }
    guest.asked = target.query.last { $0.name == "as" }.flatMap { Grant($0.value) }
    // Known before anything is asked of the database, for the page that says that it is away.
    let kept = sent[Cookie.languageName].flatMap(Language.init(rawValue:))
    if let kept { guest.language = kept }
    if let said = sent[Cookie.saidName], request.method == .get {
      guest.said = said.removingPercentEncoding
      cookies.append(.ended(Cookie.saidName))
    }
    if let accounts = portal.accounts {
      if let session = sent[Cookie.sessionName].flatMap({ Secret($0) }),
        let visitor = try await accounts.visitor(of: session)
      {
        guest.session = session
        guest.visitor = visitor
        guest.language = visitor.language
      }
      if let token = sent[Cookie.actionName] {
        guest.action = try? await accounts.openAction(token)
      }
    }
    if let kept { guest.language = kept }
    if let chosen = target.query.last(where: { $0.name == "lang" }).flatMap({
      Language(rawValue: $0.value)
    }) {
      guest.language = chosen
      cookies.append(
        Cookie(name: Cookie.languageName, value: chosen.rawValue, age: 365 * 86_400))
    }
    guest.visit = Visit(
      origin: guest.visit.origin, network: guest.visit.network, device: guest.visit.device,
      language: guest.language, request: guest.visit.request)
  }

  // MARK: reading

  func shown(
    _ answerer: Portal.Answerer, _ fields: [String: String]
  ) async throws -> Response {
    switch answerer {
    case .file(let file):
      let actor = try actor(for: file.callers, byLetter: file.byLetter)
      let contents = try await platform.contents(
        of: file, as: actor, try input(file.input(), fields), language: guest.language,
        request: guest.request)
      if let kept = contents.kept {
        guard let vault = platform.vault else { throw Problem.fileMissing(kept.name) }
        return try vault.response(sending: kept)
      }
      return download(contents)
    case .own, .page:
      let (content, actor) = try await content(answerer, fields)
      if let place = target.query.last(where: { $0.name == "csv" }).flatMap({ Int($0.value) }) {
        return try await table(place, of: content, answerer, fields)
      }
      return page(content, actor: actor)
    }
  }

  func content(
    _ answerer: Portal.Answerer, _ fields: [String: String]
  ) async throws -> (PageContent, Actor?) {
    switch answerer {
    case .own(let own): return (try await own.content(guest, fields), nil)
    case .page(let page):
      let actor = try actor(for: page.callers, byLetter: page.byLetter)
      do {
        return (
          try await platform.content(
            of: page, as: actor, try input(page.input(), fields), language: guest.language,
            request: guest.request), actor
        )
      } catch let problem as Problem where problem.code == "invalid-input" {
        // An address that no link of ours leads to.
        throw Problem.noSuchEndpoint(path)
      }
    case .file: throw Problem.methodNotAllowed(["GET"])
    }
  }

  private func actor(for callers: Set<Role>, byLetter: Bool) throws -> Actor {
    try guest.actor(for: callers, on: path, byLetter: byLetter)
  }

  private func input(_ schema: JSONSchema, _ fields: [String: String]) throws -> JSON {
    let own: Set<String> = ["as", "lang", "csv"]
    let asked = query.filter { !own.contains($0.name) && !$0.value.isEmpty }
    do {
      return try InputAssembly(schema: schema).input(path: fields, query: asked, body: nil)
    } catch { throw Problem.noSuchEndpoint(path) }
  }

  /// A table as a file: from what the page shows on to the end of the list.
  private func table(
    _ place: Int, of content: PageContent, _ answerer: Portal.Answerer, _ fields: [String: String]
  ) async throws -> Response {
    func found(_ content: PageContent) throws -> Table {
      let tables = content.blocks.flatMap(\.tables)
      guard tables.indices.contains(place), tables[place].csv != nil else {
        throw Problem.noSuchEndpoint(path)
      }
      return tables[place]
    }
    let first = try found(content)
    var rows = first.rows
    var next = first.next
    while let after = next, rows.count < Self.mostInFile {
      var visit = self
      visit.rest = after
      let more = try found(try await visit.content(answerer, fields).0)
      rows += more.rows
      next = more.next
    }
    let whole = Table(
      first.caption, columns: first.columns, rows: rows, empty: first.empty, csv: first.csv)
    let name = first.csv ?? ""
    let csv = TableRenderer(table: whole, place: place, page: renderer(nil, nil)).csv
    return download(
      FileContent(name: name + ".csv", type: "text/csv; charset=utf-8", bytes: csv))
  }

  // MARK: answering

  func renderer(_ actor: Actor?, _ typed: Typed?) -> ContentRenderer {
    let platform = platform
    let asked = guest.asked.flatMap { asked in
      actor?.grant.description == asked.description ? asked : nil
    }
    return ContentRenderer(
      PageSurroundings(
        speaker: Speaker(language: guest.language),
        schema: { platform.endpoint($0)?.input() ?? OwnForms.schema($0) },
        formToken: guest.formToken(on: path), hat: asked, path: path,
        query: query, newKey: PageVisit.newKey, typed: typed)
    )
  }

  /// Always as long as the others, so that two pages that say the same are of the same length.
  private static let newKey: @Sendable () -> String = {
    let text = String(UInt64.random(in: .min ... .max), radix: 36)
    return String(repeating: "0", count: 13 - text.count) + text
  }

  func page(
    _ content: PageContent, actor: Actor? = nil, typed: Typed? = nil,
    status: HTTPResponse.Status = .ok, ceremony: Ceremony? = nil
  ) -> Response {
    let renderer = renderer(actor, typed)
    let summary = typed.map { FormRenderer.summary(of: $0, in: content, for: renderer) } ?? .nothing
    // Whoever is asked once more sees only the question.
    let blocks: [Block] =
      if let typed, typed.isToBeConfirmed,
        let form = content.forms.first(where: { $0.id == typed.form })
      { [.form(form)] } else { content.blocks }
    let passkey = ceremony?.html(on: path, token: guest.formToken(on: path), renderer) ?? .nothing
    let inner: HTML = "\(summary)\(renderer.html(blocks))\(passkey)"
    let layout = Layout(
      guest: guest, path: path, query: query, menu: menu(for: actor),
      hasAccounts: portal.accounts != nil, styleAddress: Portal.styleAddress(guest.house?.colour),
      scriptAddress: ceremony == nil ? nil : Portal.scriptAddress)
    let html = layout.page(content, inner, renderer, acting: actor.flatMap { guest.label(of: $0) })
    return response(html, status, runsScript: ceremony != nil)
  }

  private func menu(for actor: Actor?) -> [Link] {
    let role = actor?.role ?? guest.visitor?.hat?.grant.role ?? .anyone
    let home = Link(Words(en: "Home", fr: "Accueil"), "/")
    return [home]
      + platform.pages.filter { $0.inMenu && $0.callers.contains(role) }.map {
        Link($0.title, $0.path)
      }
  }

  private func response(
    _ html: HTML, _ status: HTTPResponse.Status, runsScript: Bool
  ) -> Response {
    var headers = Portal.securityHeaders
    if runsScript { headers[.contentSecurityPolicy]? += "; script-src 'self'" }
    headers[.contentType] = "text/html; charset=utf-8"
    headers[.contentLanguage] = guest.language.rawValue
    for cookie in cookies { headers.append(HTTPField(name: .setCookie, value: cookie.header)) }
    return Response(
      status: status, headers: headers,
      body: ResponseBody(byteBuffer: ByteBuffer(string: html.source)))
  }

  private func download(_ file: FileContent) -> Response {
    var headers = Portal.securityHeaders
    // What somebody handed in is never shown as a page of ours.
    let isPage =
      file.type.contains("html") || file.type.contains("svg") || file.type.contains("xml")
    headers[.contentType] = isPage ? "application/octet-stream" : file.type
    headers[.contentDisposition] = contentDisposition(file.name)
    return Response(
      status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: file.bytes)))
  }

  /// To another page (303), with what is said there.
  func led(to place: String, _ said: Words?, _ more: [Cookie] = []) -> Response {
    var headers = Portal.securityHeaders
    headers[.location] = place
    var all = cookies.filter { $0.name != Cookie.saidName } + more
    if let said {
      all.append(
        Cookie(name: Cookie.saidName, value: Target.encoded(said[guest.language]), age: 60))
    }
    for cookie in all { headers.append(HTTPField(name: .setCookie, value: cookie.header)) }
    return Response(status: .seeOther, headers: headers)
  }

  /// A letter's link was good: the page it opens, in this browser until the deadline.
  func opened(_ action: ActionVisit, _ token: String) -> Response {
    let left = (action.expires.milliseconds - platform.clock.now.milliseconds) / 1000
    let cookie = Cookie(name: Cookie.actionName, value: token, age: Int(max(0, min(left, 86_400))))
    return led(to: action.page, nil, [cookie])
  }

  /// A problem as a page: what happened, what to do now.
  func refused(_ problem: Problem) -> Response {
    if problem.status == 401 || problem.code == "accounts/signed-out", portal.accounts != nil,
      guest.visitor == nil
    {
      return led(
        to: "/sign-in",
        Words(
          en: "Please sign in, then open the page again.",
          fr: "Connectez-vous, puis rouvrez la page."))
    }
    var response = page(
      problem.page, status: .init(code: problem.status))
    if let seconds = problem.comeBackAfter { response.headers[.retryAfter] = String(seconds) }
    return response
  }
}

extension Portal {
  static var securityHeaders: HTTPFields {
    var headers: HTTPFields = [.cacheControl: "no-store", .xContentTypeOptions: "nosniff"]
    headers[.contentSecurityPolicy] =
      "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    for (name, value) in [
      ("Referrer-Policy", "same-origin"), ("Cross-Origin-Opener-Policy", "same-origin"),
      ("Cross-Origin-Resource-Policy", "same-origin"), ("X-Frame-Options", "DENY"),
    ] { if let name = HTTPField.Name(name) { headers[name] = value } }
    return headers
  }
}

extension Problem {
  /// In how many seconds it is worth trying again.
  var comeBackAfter: Int? { retryAfter ?? (status == 503 ? 60 : nil) }

  /// What a person sees of it: without what is said to programs.
  var page: PageContent {
    var advice = advice
    var detail = detail
    var title = title
    if status == 503 {
      title = Words(en: "Back in a moment", fr: "De retour dans un instant")
      detail = Words(
        en: "The portal is being looked after. Nothing of what is saved is lost.",
        fr: "Le portail est en cours d’entretien. Rien de ce qui est enregistré n’est perdu.")
      advice = Words(
        en: "Open the page again in a minute. What you typed is still there when you go back.",
        fr:
          "Rouvrez la page dans une minute. En revenant en arrière, vous retrouvez ce que vous avez saisi."
      )
    }
    switch code {
    case "unauthenticated":
      detail = Words(
        en: "This page is for people who are signed in.", fr: "Cette page demande d’être connecté.")
      advice = nil
    case "not-found":
      advice = Words(
        en: "Check the address, or go on from the home page.",
        fr: "Vérifiez l’adresse, ou repartez de l’accueil.")
    case "which-grant":
      advice = Words(
        en: "Choose on your account’s page, then open this again.",
        fr: "Choisissez sur la page de votre compte, puis rouvrez cette page.")
    default: break
    }
    return PageContent(title: title, lead: detail) {
      if let advice { Block.paragraph(advice) }
      if !fields.isEmpty {
        Block.facts(fields.map { Fact(Words($0.field), .words($0.message)) })
      }
      Block.links(
        [Link(Words(en: "Home", fr: "Accueil"), "/")]
          + (code == "which-grant"
            ? [Link(Words(en: "Your account", fr: "Votre compte"), "/account")] : [])
          + (code.hasPrefix("accounts/link") || code.hasPrefix("accounts/action")
            ? [Link(Words(en: "Sign in", fr: "Se connecter"), "/sign-in")] : []))
    }
  }
}
