internal import ArgumentParser
internal import Kernel

/// The options of the commands that are not use cases of a module.
struct CommonOptions: ParsableArguments {
  @Option(help: "The data directory (or PARVIS_DATA; ./parvis-data otherwise).")
  var data: String?
  @Option(help: "Ask this server instead of a data directory (or PARVIS_URL).")
  var url: String?
  @Option(help: "The token for that server (or PARVIS_TOKEN).")
  var token: String?
  @Option(name: .customLong("as"), help: "On whose behalf: role or role:id.")
  var actor: String?
  @Flag(help: "Answer as JSON.")
  var json = false
  @Option(help: "fr or en (the locale’s otherwise).")
  var lang: String?

  /// Throws a `Problem` for an unknown language.
  func settings() throws -> Settings {
    var settings = Settings()
    settings.data = data
    settings.url = url ?? settings.url
    settings.token = token ?? settings.token
    settings.actor = actor
    settings.json = json
    if let lang { try settings.set("lang", to: lang) }
    return settings
  }
}
