internal import Configuration
internal import Foundation
internal import Kernel
internal import Synchronization

/// What holds for this process: of flags, environment, file and what holds otherwise, the first that says
/// something.
struct ServerConfiguration: Sendable {
  enum Source: Equatable, Sendable {
    case flag, environment
    case file(line: Int)
    case standard
  }

  struct Value: Sendable {
    let key: ConfigurationKey
    /// Nil where nothing is set.
    let text: String?
    let source: Source
  }

  /// The file that was read, where there is one.
  let file: String?
  let values: [Value]

  /// What holds without flags: for commands that have none, and for links; nil where it cannot be read,
  /// which whoever opens data is told.
  static let ofProcess: ServerConfiguration? = try? ServerConfiguration()

  /// Throws a `Problem` that says which flag, variable or line is wrong.
  ///
  /// - Parameter file: named by a flag; else `PARVIS_CONFIG` names it, or there is one in the usual place.
  init(
    flags: [ConfigurationKey: String] = [:], file: String? = nil,
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws(Problem) {
    // A variable that is set to nothing says nothing.
    let environment = environment.filter { !$0.value.isEmpty }
    let read = try Self.file(file ?? environment["PARVIS_CONFIG"])
    self.file = read?.path
    for key in ConfigurationKey.allCases {
      if let text = flags[key], let complaint = key.complaint(about: text, isInFile: false) {
        throw Problem.usage(
          en: key.flag + " " + key.about(complaint.en, text) + ".",
          fr: key.flag + " " + key.about(complaint.fr, text) + ".")
      }
      if flags[key] == nil, let text = environment[key.variable],
        let complaint = key.complaint(about: text, isInFile: false)
      {
        throw Self.wrongVariable(key, complaint, text)
      }
    }
    let heard = Heard()
    let reader = ConfigReader(
      providers: [
        Self.provider(.flag, flags),
        EnvironmentVariablesProvider(environmentVariables: environment),
        Self.provider(.file, read?.lines.mapValues(\.value) ?? [:]),
        Self.provider(
          .standard,
          Dictionary(
            uniqueKeysWithValues: ConfigurationKey.allCases.compactMap { key in
              key.standard.map { (key, $0) }
            })),
      ], accessReporter: heard)
    values = ConfigurationKey.allCases.map { key in
      let text = reader.string(forKey: ConfigKey(["parvis", key.rawValue]))
      let source: Source =
        switch heard.last.flatMap(Layer.init(provider:)) {
        case .flag: .flag
        case .environment: .environment
        case .file: .file(line: read?.lines[key]?.number ?? 0)
        case .standard, nil: .standard
        }
      return Value(key: key, text: text, source: source)
    }
  }

  private static func file(_ named: String?) throws(Problem) -> ConfigurationFile? {
    if let named { return try ConfigurationFile(path: named) }
    guard FileManager.default.fileExists(atPath: ConfigurationFile.usualPath) else { return nil }
    return try ConfigurationFile(path: ConfigurationFile.usualPath)
  }

  private enum Layer: String, CaseIterable {
    case flag, environment, file, standard

    /// What the library calls the one who answered.
    init?(provider: String) {
      if provider.hasPrefix("Environment") {
        self = .environment
        return
      }
      guard let layer = Self.allCases.first(where: { provider.contains("[\($0.rawValue)]") })
      else { return nil }
      self = layer
    }
  }

  private static func provider(
    _ layer: Layer, _ values: [ConfigurationKey: String]
  ) -> InMemoryProvider {
    InMemoryProvider(
      name: layer.rawValue,
      values: Dictionary(
        uniqueKeysWithValues: values.map { key, text in
          (
            AbsoluteConfigKey(["parvis", key.rawValue]),
            ConfigValue(.string(text), isSecret: false)
          )
        }))
  }

  private static func wrongVariable(
    _ key: ConfigurationKey, _ complaint: Words, _ text: String
  ) -> Problem {
    Problem(
      "configuration/invalid", status: 503,
      title: Words(en: "The configuration is wrong", fr: "La configuration est erronée"),
      detail: Words(
        en: "The environment variable \(key.variable) " + key.about(complaint.en, text) + ".",
        fr: "La variable d’environnement \(key.variable) " + key.about(complaint.fr, text) + "."),
      advice: Words(
        en: "Nothing was done. Correct it, or unset it.",
        fr: "Rien n’a été fait. Corrigez-la, ou retirez-la."))
  }
}

extension ConfigurationKey {
  /// A complaint with the value behind it, where that may be shown.
  fileprivate func about(_ complaint: String, _ value: String) -> String {
    complaint + (isShownWhenWrong ? ", not “\(value.prefix(60))”" : "")
  }
}

/// Remembers who answered last.
private final class Heard: AccessReporter {
  private let name = Mutex<String?>(nil)
  var last: String? { name.withLock { $0 } }

  func report(_ event: AccessEvent) {
    let answered = event.providerResults.last { result in
      if case .success(let found) = result.result { found.value != nil } else { false }
    }
    name.withLock { $0 = answered?.providerName }
  }
}

extension ServerConfiguration {
  subscript(key: ConfigurationKey) -> String? { values.first { $0.key == key }?.text }

  private func text(_ key: ConfigurationKey) -> String { self[key] ?? key.standard ?? "" }

  var data: String { text(.data) }
  var database: String? { self[.database] }
  /// Where people reach the portal, without a slash at the end.
  var origin: String? {
    self[.origin].map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
  }
  var host: String { text(.host) }
  var port: Int { Int(text(.port)) ?? 8080 }
  var showsReport: Bool { yesOrNo(text(.publicReport)) ?? false }
  var bodyLimit: Int { Int(text(.maxBody)) ?? 1 << 20 }
  var logFormat: LogFormat { LogFormat(rawValue: text(.logFormat)) ?? .text }
  var metricsHost: String { text(.metricsHost) }
  /// Nil where there is no such port.
  var metricsPort: Int? { Int(text(.metricsPort)) }

  /// Where a server of this machine is reached when nobody says what people write.
  var usualAddress: String {
    let host = ["0.0.0.0", "::"].contains(host) ? "127.0.0.1" : host
    return "http://\(host.contains(":") ? "[\(host)]" : host):\(port)"
  }
}
