internal import Foundation
internal import Kernel

/// What answers a command: the data directory itself when nobody else holds it, else the server
/// that does, or one far away.
enum Backend: Sendable {
  case own(Instance)
  case server(RemoteServer)

  /// How long a command waits for another command to finish with the directory.
  private static let patience = Duration.seconds(10)

  /// Finds it. Throws a `Problem`.
  static func connect(_ settings: Settings) async throws -> Backend {
    if let url = settings.url {
      if settings.actor != nil {
        throw Problem.usage(
          en: "--as has no meaning with --url: the token says who acts.",
          fr: "--as n’a pas de sens avec --url : le jeton dit qui agit.")
      }
      return .server(try RemoteServer(url: url, token: settings.token))
    }
    let directory = try DataDirectory.chosen(settings.data)
    try directory.requireInitialised()
    let actor = try Actor.owner(as: settings.actor)
    let start = ContinuousClock.now
    while true {
      if let lock = try DirectoryLock.attempt(directory) {
        return .own(try await Instance.open(directory, lock: lock))
      }
      let holder = DirectoryLock.holder(of: directory)
      if let socket = holder?.socket { return .server(RemoteServer(socket: socket, actor: actor)) }
      guard ContinuousClock.now - start < patience else {
        throw Problem.held(directory.path, by: holder)
      }
      try await Task.sleep(for: .milliseconds(50))
    }
  }

  /// Performs a use case. Throws a `Problem`.
  func perform(_ endpoint: Endpoint, _ input: JSON, _ settings: Settings) async throws -> JSON {
    switch self {
    case .own(let instance):
      let actor = try Actor.owner(as: settings.actor)
      if endpoint.isCommand { try await instance.requireNoUnfinishedHistory() }
      let call = Call(
        method: endpoint.method.rawValue, target: endpoint.path, actor: actor,
        language: settings.language, key: settings.key, id: newRequestID())
      // The list of commands is that of modules without data: here the same one works on some.
      guard let own = instance.platform.endpoint(endpoint.id) else {
        throw Problem.noSuchEndpoint(endpoint.id)
      }
      return try await instance.takingIn(LocalFile.all(in: input, of: endpoint), input) { input in
        try await Facade(instance.platform).perform(own.admit(actor), input, for: call)
      }
    case .server(let server):
      let (target, body) = try addressed(endpoint, input)
      let files = LocalFile.all(in: input, of: endpoint)
      if !files.isEmpty {
        return try await server.send(
          endpoint.method.rawValue, target, fields: body, files, key: settings.key,
          language: settings.language)
      }
      return try await server.send(
        endpoint.method.rawValue, target, body, key: settings.key, language: settings.language)
    }
  }

  /// Fetches the file a use case answers with, and puts it where it lands; says where. Throws a `Problem`.
  func fetch(
    _ endpoint: Endpoint, _ input: JSON, to landing: Landing, _ settings: Settings
  ) async throws -> String? {
    switch self {
    case .own(let instance):
      let file = try await perform(endpoint, input, settings).decoded(as: SentFile.self)
      guard let vault = instance.platform.vault else { throw Problem.fileMissing(file.name) }
      let origin = try vault.open(file)
      let (target, path) = try landing.open(for: file.name)
      while let part = try origin.read(upToCount: 1 << 16), !part.isEmpty {
        try target.write(contentsOf: part)
      }
      return path
    case .server(let server):
      return try await server.fetch(
        try addressed(endpoint, input).target, to: landing, language: settings.language)
    }
  }

  /// Whether nobody else would do what is left to do.
  var isOwn: Bool { if case .own = self { true } else { false } }

  /// Lets what follows from a command happen, after its answer was shown: a server's worker does so
  /// by itself.
  func settle() async {
    if case .own(let instance) = self { await instance.settle() }
  }

  /// Calls whatever answers at a path. Throws a `Problem`.
  func call(
    _ method: String, _ target: String, _ body: JSON?, _ settings: Settings
  ) async throws -> JSON {
    switch self {
    case .own(let instance):
      let actor = try Actor.owner(as: settings.actor)
      if method.uppercased() != "GET" { try await instance.requireNoUnfinishedHistory() }
      let call = Call(
        method: method, target: target, actor: actor, language: settings.language,
        key: settings.key, id: newRequestID(), contentType: "application/json",
        body: try body.map { try JSON.data(of: $0) } ?? Data())
      return try await Facade(instance.platform).answer(call).output
    case .server(let server):
      return try await server.send(
        method, target, body, key: settings.key, language: settings.language)
    }
  }
}

extension Instance {
  /// Performs something with the files that a command names, taken in for that time.
  fileprivate func takingIn(
    _ files: [String: LocalFile], _ input: JSON, _ perform: (JSON) async throws -> JSON
  ) async throws -> JSON {
    guard !files.isEmpty, let vault = platform.vault else { return try await perform(input) }
    var input = input
    var staged: [StagedFile] = []
    defer { for file in staged { vault.discard(file) } }
    for (field, file) in files {
      let intake = try await vault.begin(file.name)
      try await file.read { try intake.take($0) }
      let waiting = try vault.stage(intake)
      staged.append(waiting)
      input.set(field, .string(waiting.upload.description))
    }
    return try await perform(input)
  }

  /// Lets what a command said be heard, and does the work that is due, as a server's worker would.
  func settle() async {
    do {
      // What waits there is of the past edition.
      guard try await unfinishedHistory().isEmpty else { return }
      try await platform.deliverEvents()
      try await platform.runDueJobs()
      try await platform.deliverEvents()
    } catch {
      reportToStandardError(error, "settling")
    }
  }
}

func newRequestID() -> String { String(UInt64.random(in: .min ... .max), radix: 36) }

/// The address and the body of a use case over HTTP.
func addressed(_ endpoint: Endpoint, _ input: JSON) throws -> (target: String, body: JSON?) {
  guard case .object(var members) = input else { return ("/v1" + endpoint.path, input) }
  let parts = try endpoint.path.split(separator: "/").map { part -> String in
    guard part.hasPrefix("{") else { return String(part) }
    let name = String(part.dropFirst().dropLast())
    guard let text = members.removeValue(forKey: name).flatMap(queryText), !text.isEmpty else {
      throw Problem.invalid(name, en: "is required", fr: "est obligatoire")
    }
    return Target.encoded(text)
  }
  let path = "/v1/" + parts.joined(separator: "/")
  if endpoint.isCommand { return (path, members.isEmpty ? nil : .object(members)) }
  let query = members.sorted { $0.key < $1.key }.flatMap { name, value in
    let values = if case .array(let items) = value { items } else { [value] }
    return values.compactMap(queryText).map { Target.encoded(name) + "=" + Target.encoded($0) }
  }
  return (query.isEmpty ? path : path + "?" + query.joined(separator: "&"), nil)
}

private func queryText(_ value: JSON) -> String? {
  switch value {
  case .null: nil
  case .string(let text): text
  case .bool(let yes): yes ? "true" : "false"
  case .integer(let number): String(number)
  case .number(let number): String(number)
  case .array, .object: (try? JSON.data(of: value)).map { String(decoding: $0, as: UTF8.self) }
  }
}
