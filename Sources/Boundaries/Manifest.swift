public import Foundation

/// What `swift package dump-package` says of the package, as far as the rules look at it.
public struct Manifest: Decodable, Sendable {
  public struct Target: Decodable, Sendable {
    public let name: String
    public let dependencies: [String]

    public init(name: String, dependencies: [String]) {
      self.name = name
      self.dependencies = dependencies
    }

    private enum Keys: String, CodingKey {
      case name
      case dependencies
    }

    public init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Keys.self)
      name = try container.decode(String.self, forKey: .name)
      dependencies = try container.decode([Dependency].self, forKey: .dependencies).map(\.name)
    }
  }

  public var targets: [Target]

  public init(targets: [Target]) { self.targets = targets }

  /// Reads the dump. Throws `DecodingError` when it is none.
  public init(dump: Data) throws { self = try JSONDecoder().decode(Manifest.self, from: dump) }

  func target(_ name: String) -> Target? { targets.first { $0.name == name } }
}

/// A dependency is written `{"byName": ["Kernel", null]}`, `{"target": […]}` or `{"product": […]}`.
private struct Dependency: Decodable {
  let name: String

  init(from decoder: any Decoder) throws {
    let forms = try decoder.singleValueContainer().decode([String: [Part]].self)
    guard case .text(let name)? = forms.values.first?.first else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "a dependency without a name"))
    }
    self.name = name
  }

  private enum Part: Decodable {
    case text(String)
    case other

    init(from decoder: any Decoder) throws {
      self = (try? decoder.singleValueContainer().decode(String.self)).map(Part.text) ?? .other
    }
  }
}
