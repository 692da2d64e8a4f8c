internal import AccountsAPI
internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import Kernel
internal import NIOCore
internal import Pages

/// A form comes back: it calls its use case as the hat, and nothing else.
extension PageVisit {
  mutating func posted(
    _ answerer: Portal.Answerer, _ fields: [String: String], _ request: Hummingbird.Request
  ) async throws -> Response {
    try requireOwnOrigin(request)
    let body = try await received(answerer, fields, request)
    defer { body.discard(from: portal.platform.vault) }
    try requireToken(body.texts["_token"]?.first)
    let id = body.texts["_form"]?.first ?? ""
    if case .own(let own) = answerer { return try await acted(own, id, fields, body) }

    let key = (body.texts["_key"]?.first ?? "").filter { $0.isLetter || $0.isNumber }
    let remembered =
      "\(guest.visitor?.session.description ?? guest.action?.formToken ?? "anyone"):\(key)"
    if !key.isEmpty, let known = portal.submissions.outcome(of: remembered) {
      return led(to: known.place, known.said)
    }
    let (content, actor) = try await content(answerer, fields)
    guard let form = content.forms.first(where: { $0.id == id }), let actor,
      let endpoint = portal.platform.endpoint(form.endpoint)
    else {
      var typed = Typed(form: id)
      typed.problem = .notOffered
      return page(content, actor: actor, typed: typed, status: .conflict)
    }
    let schema = endpoint.input()
    let typed = typed(into: form, schema, body)
    if form.confirmation != nil, body.texts["_sure"] == nil {
      var asking = typed
      asking.isToBeConfirmed = true
      asking.texts = body.texts
      return page(content, actor: actor, typed: asking)
    }
    do {
      try body.requireFiles()
      let input = FormInput(form: form, schema: schema, posted: typed.texts).input
      if let accounts = portal.accounts {
        try await endpoint.countAttempt(
          input, by: actor, from: guest.visit.network, with: accounts)
      }
      let answer = try await portal.platform.perform(
        endpoint.admit(actor), input, key: key.isEmpty ? nil : key, language: guest.language,
        request: guest.request)
      portal.facade.afterCommand()
      let place = place(after: form, answer)
      portal.submissions.note(.init(place: place, said: form.success.said), under: remembered)
      return led(to: place, form.success.said)
    } catch let error as any UserFacing {
      let problem = error.problem
      var wrong = typed
      wrong.problem = problem
      // As it is now: somebody else may have changed it.
      let now = (try? await self.content(answerer, fields))?.0 ?? content
      guard let there = now.forms.first(where: { $0.id == form.id }) else {
        return page(now, actor: actor, typed: wrong, status: .init(code: problem.status))
      }
      if problem.isClash {
        wrong.texts = FormInput(form: form, schema: schema, posted: typed.texts).rebased(on: there)
      }
      var response = page(now, actor: actor, typed: wrong, status: .init(code: problem.status))
      if let seconds = problem.comeBackAfter { response.headers[.retryAfter] = String(seconds) }
      return response
    }
  }

  private func acted(
    _ own: OwnPage, _ id: String, _ fields: [String: String], _ body: FormBody
  ) async throws -> Response {
    let name = String(id.prefix { $0 != ";" })
    var typed = Typed(form: id, texts: body.texts)
    do {
      guard let schema = OwnForms.schema(name) else { throw Problem.notOffered }
      var input = JSON.object([:])
      for property in schema.properties {
        // The row a button is for stands in the id of its form.
        let marked = id.split(separator: ";").dropFirst().first {
          $0.hasPrefix("\(property.name)=")
        }
        let texts =
          marked.map { [String($0.dropFirst(property.name.count + 1))] } ?? body.texts[
            property.name]
          ?? []
        if let value = FormInput.value(texts, as: property.schema.kind, required: true) {
          input.set(property.name, value)
        }
      }
      let faults = schema.faults(in: input)
      guard faults.isEmpty else { throw Problem.invalidInput(faults) }
      switch try await own.act(name, input, guest, fields) {
      case .led(let place, let said, let cookies): return led(to: place, said, cookies)
      case .shown(let content, let more):
        var next = self
        next.cookies += more
        return next.page(content)
      case .asked(let content, let ceremony, let more):
        var next = self
        next.cookies += more
        return next.page(content, ceremony: ceremony)
      }
    } catch let error as any UserFacing {
      typed.problem = error.problem
      var guest = guest
      guest.failed = name
      guard let content = try? await own.content(guest, fields) else { throw error }
      var response = page(content, typed: typed, status: .init(code: error.problem.status))
      if let seconds = error.problem.retryAfter { response.headers[.retryAfter] = String(seconds) }
      return response
    } catch let error as DecodingError {
      throw Problem.invalid("", en: "\(error)", fr: "illisible")
    }
  }

  private func typed(into form: Form, _ schema: JSONSchema, _ body: FormBody) -> Typed {
    var texts = body.texts
    for field in form.groups.flatMap(\.fields) {
      guard case .file = field.control else { continue }
      // Only what came as a file is one.
      texts[field.path] = body.staged[field.path].map { [$0.upload.description] }
      guard let data = body.files[field.path] else { continue }
      let kind = (field.schema ?? schema.property(at: field.path)?.schema ?? .any).kind
      if case .string(_, _, "byte", _) = kind {
        texts[field.path] = [data.base64EncodedString()]
      } else {
        texts[field.path] = [String(decoding: data, as: UTF8.self)]
      }
    }
    return Typed(form: form.id, texts: texts)
  }

  private func place(after form: Form, _ answer: JSON) -> String {
    guard let page = form.success.page else {
      let kept = target.query.filter { !["lang", "csv"].contains($0.name) }
      return kept.isEmpty
        ? path
        : path + "?"
          + kept.map { "\(Target.encoded($0.name))=\(Target.encoded($0.value))" }.joined(
            separator: "&")
    }
    let parts = page.split(separator: "/", omittingEmptySubsequences: false).map { part in
      part.hasPrefix("{")
        ? Target.encoded(answer[String(part.dropFirst().dropLast())]?.text ?? "") : String(part)
    }
    let whole = parts.joined(separator: "/")
    guard let asked = guest.asked else { return whole }
    return whole + (whole.contains("?") ? "&" : "?") + "as=" + Target.encoded(asked.description)
  }

  /// The form as it comes. A file is written to disk only for who may send it: the token of the session, which
  /// pages put before any field, is right, and the form is on the page.
  private func received(
    _ answerer: Portal.Answerer, _ fields: [String: String], _ request: Hummingbird.Request
  ) async throws -> FormBody {
    let limit = portal.bodyLimit
    let type = request.headers[.contentType]
    let isMultipart = HeaderValue(type ?? "").first == "multipart/form-data"
    if !isMultipart, let length = request.headers[.contentLength].flatMap({ Int($0) }),
      length > limit
    {
      throw Problem.tooLarge(limit: limit)
    }
    return try await FormBody.read(
      request.body, type: type, limit: limit, vault: portal.platform.vault
    ) { field, texts in
      try requireToken(texts["_token"]?.first)
      guard case .page = answerer,
        let form = try await content(answerer, fields).0.forms.first(where: {
          $0.id == texts["_form"]?.first
        }), form.groups.contains(where: { $0.fields.contains { $0.path == field } }),
        let endpoint = portal.platform.endpoint(form.endpoint)
      else { return false }
      return endpoint.input().property(at: field)?.schema.isFile ?? false
    }
  }

  /// A form of another site does nothing, whatever cookies came along.
  private func requireOwnOrigin(_ request: Hummingbird.Request) throws {
    if let site = request.headers[.secFetchSite] {
      guard site == "same-origin" || site == "none" else { throw Problem.foreignForm }
      return
    }
    guard let origin = request.headers[.origin] else {
      // Programs that are no browsers send neither; they need the token of a session.
      guard guest.visitor != nil || guest.action != nil else { throw Problem.foreignForm }
      return
    }
    let host = request.head.authority ?? request.headers[.host] ?? ""
    guard origin.split(separator: "/").last.map(String.init) == host, !host.isEmpty else {
      throw Problem.foreignForm
    }
  }

  private func requireToken(_ given: String?) throws {
    if let action = guest.action, action.page == path, action.accepts(formToken: given ?? "") {
      return
    }
    guard let visitor = guest.visitor else { return }
    guard visitor.accepts(formToken: given ?? "") else { throw Problem.foreignForm }
  }
}

extension HTTPField.Name {
  fileprivate static let secFetchSite = HTTPField.Name("Sec-Fetch-Site") ?? .accept
  fileprivate static let host = HTTPField.Name("Host") ?? .accept
}

extension Problem {
  /// Somebody else wrote in the meantime: both versions are shown.
  var isClash: Bool { code == "stale-version" || code.hasSuffix("-clash") }
}
