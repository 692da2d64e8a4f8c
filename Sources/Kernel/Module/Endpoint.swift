/// A use case as HTTP and the command line offer it: what it is called, where it is, who may call it, and
/// how it answers JSON. `UseCase` is its typed form.
public struct Endpoint: Sendable {
  /// As HTTP says it; `get` reads, the others change something.
  public enum Method: String, Sendable, CaseIterable {
    /// Reads, and changes nothing.
    case get = "GET"
    /// Does something.
    case post = "POST"
    /// Writes anew what is there, or sets what there is one of.
    case put = "PUT"
    /// Takes something away or back.
    case delete = "DELETE"
  }

  /// `<module>.<verb>`: `applications.submit`. Also the words of the command: `parvis applications submit`.
  public let id: String
  /// With `path`, tells the use case from all others.
  public let method: Method
  /// Below `/v1`; parts in braces are fields of the input: `/applications/{application}/submission`.
  public let path: String
  /// Who may call it at all; the module's policy decides about the row.
  public let callers: Set<Role>
  /// One line, for the command line's help and the interface's document.
  public let summary: Words
  /// The codes of the problems of its own it may answer with.
  public let problems: [String]
  /// What the faces must know of it beyond that.
  public let traits: [Trait]
  /// Reflected at the first call, then known.
  public let input: @Sendable () -> JSONSchema
  /// Reflected at the first call, then known.
  public let output: @Sendable () -> JSONSchema
  let answer: @Sendable (JSON, Exchange) async throws -> Answer

  /// What it answers, in the form it was asked for.
  enum Answer: Sendable {
    case tree(JSON)
    case bytes(EncodedJSON)

    func json() throws -> JSON {
      switch self {
      case .tree(let json): json
      case .bytes(let encoded): try JSON(parsing: String(decoding: encoded.bytes, as: UTF8.self))
      }
    }

    func encoded() throws -> EncodedJSON {
      switch self {
      case .tree(let json): try EncodedJSON(tree: json)
      case .bytes(let encoded): encoded
      }
    }
  }

  /// Whether it changes something, in one transaction with its audit line.
  public var isCommand: Bool { method != .get }
  /// The part of `id` before the dot.
  public var module: String { String(id.prefix { $0 != "." }) }
  /// The part of `id` behind the dot.
  public var verb: String { String(id.drop { $0 != "." }.dropFirst()) }

  /// The names in braces, in order.
  public var pathFields: [String] {
    path.split(separator: "/").filter { $0.hasPrefix("{") }.map {
      String($0.dropFirst().dropLast())
    }
  }
}

/// One request in the hands of the platform.
struct Exchange: Sendable {
  let context: Context
  let database: any Database
  let idempotency: Idempotency?
  var form = Form.tree

  /// What the caller will do with the answer: look into it, or send it on.
  enum Form: Sendable {
    case tree, bytes
  }
}

/// The input of a use case that needs none.
public struct Nothing: Codable, Sendable {
  public init() {}
}
