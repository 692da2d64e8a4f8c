/// What a field is called where people see it: in forms, help, problems and the interface's document.
public struct Label: Sendable, Hashable {
  /// A few words, as before a field in a form.
  public let words: Words
  /// What to know before filling it in.
  public let hint: Words?

  public init(_ words: Words, hint: Words? = nil) {
    self.words = words
    self.hint = hint
  }
  /// The same from both languages.
  public init(en: String, fr: String, hint: Words? = nil) {
    self.init(Words(en: en, fr: fr), hint: hint)
  }
}

/// An input that has words of its own for some of its fields; the others are the glossary's.
public protocol Labelled {
  /// By the name of the field; one that is left out has the glossary's words.
  static var labels: [String: Label] { get }
}

extension JSONSchema {
  /// The words of a choice of this schema, whoever says them; the bare text where it has none.
  public static func words(of choice: String) -> Words {
    Glossary.words(of: choice) ?? Words(choice)
  }

  /// The fields without words, by their path: nobody should be asked for them.
  public func unlabelled(at path: String = "") -> [String] {
    switch kind {
    case .object(let properties):
      properties.flatMap { property in
        (property.label == nil ? [joined(path, property.name)] : [])
          + property.schema.unlabelled(at: joined(path, property.name))
      }
    case .array(let element, _): element.unlabelled(at: path + "[]")
    case .map(let element): element.unlabelled(at: path + ".*")
    case .any, .bool, .integer, .number, .string, .choice: []
    }
  }

  /// The label of the field at a path such as `contact.email` or `sessions[0].day`.
  public func property(at path: String) -> Property? {
    var schema = self
    var found: Property?
    for part in path.split(whereSeparator: { ".[]".contains($0) }) {
      switch schema.kind {
      case .object(let properties):
        guard let property = properties.first(where: { $0.name == part }) else { return nil }
        found = property
        schema = property.schema
      case .array(let element, _) where Int(part) != nil:
        found = found.map {
          Property(name: $0.name, schema: element, required: false, label: $0.label)
        }
        schema = element
      case .map(let element):
        found = Property(name: String(part), schema: element, required: false)
        schema = element
      case .any, .array, .bool, .integer, .number, .string, .choice: return nil
      }
    }
    return found
  }
}
