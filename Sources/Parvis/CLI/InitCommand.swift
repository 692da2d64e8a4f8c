internal import Accounts
internal import ArgumentParser
internal import Foundation
internal import Kernel

struct InitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Creates a data directory, or brings one up to date.")

  @OptionGroup var common: CommonOptions
  @Option(
    help:
      "Keep the data in a PostgreSQL database: postgres://user@host/name. The password comes from PGPASSFILE or PGPASSWORD."
  )
  var database: String?

  func run() async throws {
    let settings = try common.settings()
    let directory = try DataDirectory.chosen(settings.data)
    let existed = directory.isInitialised
    let address = try (database ?? ServerConfiguration().database).map {
      try DatabaseAddress.stated($0, for: directory)
    }
    try directory.makeFolder()
    if let address, !existed { try directory.keep(address) }
    let instance = try await Instance.create(directory)
    let state = existed ? "up-to-date" : "created"
    // Until there is an administrator, each call gives a new link, and the one before ends.
    let accounts = instance.platform.modules.lazy.compactMap { $0 as? AccountsModule }.first
    let link = try await accounts?.firstAdministratorPath().map {
      portalOrigin(of: nil) + $0
    }
    if settings.json {
      var answer: [String: JSON] = [
        "data": .string(directory.path), "state": .string(state),
      ]
      if let link { answer["firstAdministrator"] = .string(link) }
      Console(settings).show(.object(answer), as: .any)
    } else {
      let words =
        existed
        ? Words(en: "is up to date", fr: "est à jour") : Words(en: "is ready", fr: "est prêt")
      Console(settings).line("\(instance.directory.path) " + words[settings.language])
      if let link {
        let words = Words(
          en: "First administrator (opens once, for seven days, while the server runs):",
          fr: "Premier administrateur (une seule fois, sept jours, serveur en marche) :")
        Console(settings).line(words[settings.language])
        Console(settings).line(link)
      }
    }
  }
}

extension DataDirectory {
  /// Makes the folder and those above it, in the system’s own calls since Foundation does not pass on
  /// why it could not. Throws a `Problem`.
  fileprivate func makeFolder() throws {
    var folder = ""
    for part in path.split(separator: "/") {
      folder += "/" + part
      guard mkdir(folder, 0o700) != 0, errno != EEXIST else { continue }
      throw Problem.cannotCreate(path, because: String(cString: strerror(errno)))
    }
  }
}
