internal import Foundation
internal import Kernel

/// A request to a use case, whatever brought it.
struct Call: Sendable {
  var method: String
  /// Path and query as sent.
  var target: String
  var actor: Actor
  var language: Language = .en
  var key: String?
  var id: String
  var contentType: String?
  /// The version in `If-Match`.
  var version: Int64?
  var body = Data()
}

/// What a use case answers, before HTTP or a terminal puts it into words.
struct Reply: Sendable {
  let endpoint: Endpoint
  let output: JSON
}

/// Where a call goes: the use case, and what its address says.
struct Route: Sendable {
  let endpoint: Endpoint
  let path: [String: String]
  let query: [(name: String, value: String)]

  /// The way in for somebody. Throws a `Problem` where nobody who acts like this may call the use case:
  /// known before anything of the request but its head is read.
  func admit(_ actor: Actor) throws(Problem) -> AdmittedCall {
    AdmittedCall(admission: try endpoint.admit(actor), path: path, query: query)
  }
}

/// Somebody let in, with what the address of their call says.
struct AdmittedCall: Sendable {
  let admission: Admission
  let path: [String: String]
  let query: [(name: String, value: String)]

  var endpoint: Endpoint { admission.endpoint }
}

/// Everything below `/v1`, without a web server: HTTP, the owner's socket and `parvis api` call it.
struct Facade: Sendable {
  let platform: Platform
  let routes: RouteTable
  /// Called after a command, so that what it said is heard at once.
  let afterCommand: @Sendable () -> Void

  init(_ platform: Platform, afterCommand: @escaping @Sendable () -> Void = {}) {
    self.platform = platform
    self.afterCommand = afterCommand
    routes = RouteTable(platform.endpoints)
  }

  /// The use case a call is for. Throws a `Problem`.
  func route(_ call: Call) throws -> Route { try route(call, to: try Target(call.target)) }

  /// The same, where the address was read before. Throws a `Problem`.
  func route(_ call: Call, to target: Target) throws -> Route {
    guard target.parts.first == "v1" else { throw Problem.noSuchEndpoint(shown(call.target)) }
    switch routes.match(call.method, Array(target.parts.dropFirst())) {
    case .found(let endpoint, let path):
      return Route(endpoint: endpoint, path: path, query: target.query)
    case .otherMethods(let methods): throw Problem.methodNotAllowed(methods)
    case .nothing: throw Problem.noSuchEndpoint(shown(call.target))
    }
  }

  /// Answers a call. Throws a `Problem`.
  func answer(_ call: Call, by admitted: AdmittedCall? = nil) async throws(Problem) -> Reply {
    try await answer(call, by: admitted) { admission, input in
      Reply(
        endpoint: admission.endpoint, output: try await perform(admission, input, for: call))
    }
  }

  /// Answers a call with what is sent over the network. Throws a `Problem`.
  func encoded(_ call: Call, by admitted: AdmittedCall) async throws(Problem) -> EncodedJSON {
    try await answer(call, by: admitted) { admission, input in
      let key = try key(of: call, for: admission.endpoint)
      let output = try await platform.performEncoded(
        admission, input, key: key, language: call.language, request: call.id)
      if admission.endpoint.isCommand { afterCommand() }
      return output
    }
  }

  private func answer<Output>(
    _ call: Call, by admitted: AdmittedCall?,
    _ perform: (Admission, JSON) async throws -> Output
  ) async throws(Problem) -> Output {
    do {
      let admitted = try admitted ?? route(call).admit(call.actor)
      let endpoint = admitted.endpoint
      let schema = endpoint.input()
      var input = try InputAssembly(schema: schema).input(
        path: admitted.path, query: admitted.query, body: try body(of: call, for: endpoint))
      if let version = call.version { try add(version, to: &input, of: schema) }
      return try await perform(admitted.admission, input)
    } catch let problem as Problem {
      throw problem
    } catch let error as any UserFacing {
      throw error.problem
    } catch {
      throw Problem.internalError(reference: call.id)
    }
  }

  /// Puts what `If-Match` says into the input. Throws a `Problem` where the use case is not done to a
  /// version, or the body names another: whoever sends one wants to be protected.
  private func add(_ version: Int64, to input: inout JSON, of schema: JSONSchema) throws {
    guard schema.properties.contains(where: { $0.name == "version" }),
      case .object(var members) = input
    else { throw Problem.noVersionHere }
    if let other = members["version"], other != .integer(version) {
      throw Problem.invalid(
        "version", en: "differs from If-Match", fr: "diffère de If-Match")
    }
    members["version"] = .integer(version)
    input = .object(members)
  }

  /// Performs a use case whose input is in hand. Throws a `Problem`.
  func perform(
    _ admission: Admission, _ input: JSON, for call: Call
  ) async throws(Problem) -> JSON {
    let key = try key(of: call, for: admission.endpoint)
    let output = try await platform.perform(
      admission, input, key: key, language: call.language, request: call.id)
    if admission.endpoint.isCommand { afterCommand() }
    return output
  }

  /// The key an answer is kept under; queries keep none. Throws a `Problem` for one that cannot be.
  private func key(of call: Call, for endpoint: Endpoint) throws(Problem) -> String? {
    // The answer is kept under the key, and this one holds a secret that is kept nowhere.
    if call.key != nil, endpoint.answersWithSecret { throw Problem.noKeyHere }
    if let key = call.key, !(1...128).contains(key.utf8.count) { throw Problem.badKey }
    return endpoint.isCommand ? call.key : nil
  }

  private func body(of call: Call, for endpoint: Endpoint) throws -> JSON? {
    guard endpoint.isCommand, !call.body.isEmpty else { return nil }
    // RFC 8058: mail programs post these words to the address of a letter; they say nothing more.
    if call.contentType?.hasPrefix("application/x-www-form-urlencoded") == true,
      String(decoding: call.body, as: UTF8.self) == "List-Unsubscribe=One-Click"
    {
      return nil
    }
    // Mail servers hand messages over as they are, where a message is what is wanted.
    if call.contentType?.lowercased().hasPrefix("message/rfc822") == true,
      endpoint.input().properties.contains(where: { $0.name == "message" && $0.schema.isBytes })
    {
      return ["message": .string(call.body.base64EncodedString())]
    }
    try requireJSON(call.contentType)
    return try JSON(parsing: call.body)
  }

  private func shown(_ target: String) -> String {
    String(target.prefix { $0 != "?" }.prefix(200))
  }
}

extension JSONSchema {
  /// Whether it holds the bytes of a file.
  fileprivate var isBytes: Bool {
    if case .string(_, _, format: "byte", _) = kind { true } else { false }
  }
}

/// Throws a `Problem` unless this is the type of JSON, in UTF-8 where it says.
private func requireJSON(_ type: String?) throws {
  let parts = (type ?? "").lowercased().split(separator: ";", omittingEmptySubsequences: false)
    .map { $0.trimmingCharacters(in: .whitespaces) }
  guard parts.first == "application/json" else {
    guard let name = parts.first, !name.isEmpty else {
      throw Problem.wrongContentType("nothing in particular", fr: "rien de précis")
    }
    throw Problem.wrongContentType(name, fr: name)
  }
  for part in parts.dropFirst() where part.hasPrefix("charset=") {
    let charset = part.dropFirst(8).trimmingCharacters(in: CharacterSet(charactersIn: "\" "))
    guard ["utf-8", "utf8", "us-ascii"].contains(charset) else {
      throw Problem.wrongContentType("text in \(charset)", fr: "du texte en \(charset)")
    }
  }
}

extension Problem {
  static let noVersionHere = Problem(
    "no-version", status: 400,
    title: Words(en: "No version here", fr: "Pas de version ici"),
    detail: Words(
      en: "If-Match names a version, but this is not done to one.",
      fr: "If-Match nomme une version, mais cette action n’en vise aucune."),
    advice: Words(
      en: "Nothing was done. Send it without If-Match.",
      fr: "Rien n’a été fait. Renvoyez sans If-Match."))

  static let noKeyHere = Problem(
    "token/no-key", status: 400,
    title: Words(en: "No key here", fr: "Pas de clé ici"),
    detail: Words(
      en: "What this answers is shown once, so it cannot be repeated under a key.",
      fr: "Ce que ceci répond n’est montré qu’une fois : rien ne se répète sous une clé."),
    advice: Words(
      en: "Send it without Idempotency-Key; revoke what was made where its answer was lost.",
      fr: "Envoyez sans Idempotency-Key ; révoquez ce qui fut créé si sa réponse s’est perdue."))

  static let badKey = Problem(
    "malformed", status: 400, title: Words(en: "Unreadable request", fr: "Requête illisible"),
    detail: Words(
      en: "An idempotency key has 1 to 128 characters.",
      fr: "Une clé d’idempotence a de 1 à 128 caractères."))
}
