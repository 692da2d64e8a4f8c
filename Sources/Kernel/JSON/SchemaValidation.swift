extension JSONSchema {
  /// Everything that is wrong with a value, each with the path of its field.
  public func faults(in value: JSON, at path: String = "") -> [FieldProblem] {
    switch (kind, value) {
    case (.any, _): return []
    case (.bool, .bool): return []
    case (.integer(let minimum, let maximum), _):
      guard let number = value.whole else {
        return [FieldProblem(path, en: "expected a whole number", fr: "nombre entier attendu")]
      }
      return rangeFaults(Double(number), minimum.map(Double.init), maximum.map(Double.init), path)
    case (.number(let minimum, let maximum), .integer(let number)):
      return rangeFaults(Double(number), minimum, maximum, path)
    case (.number(let minimum, let maximum), .number(let number)):
      return rangeFaults(number, minimum, maximum, path)
    case (.string(let minimum, let maximum, _, _), .string(let text)):
      return lengthFaults(text, minimum, maximum, path)
    case (.choice(let values), .string(let text)):
      guard !values.contains(text) else { return [] }
      let list = values.joined(separator: ", ")
      return [
        FieldProblem(
          path, en: "expected one of: \(list)", fr: "une valeur attendue parmi : \(list)")
      ]
    case (.array(let element, let maximum), .array(let items)):
      if let maximum, items.count > maximum {
        return [
          FieldProblem(path, en: "at most \(maximum) entries", fr: "\(maximum) entrées au plus")
        ]
      }
      return items.enumerated().flatMap { element.faults(in: $1, at: "\(path)[\($0)]") }
    case (.map(let element), .object(let members)):
      return members.sorted { $0.key < $1.key }.flatMap {
        element.faults(in: $0.value, at: joined(path, $0.key))
      }
    case (.object(let properties), .object(let members)):
      return memberFaults(properties, members, path)
    default:
      return [FieldProblem(path, en: "expected \(name.en)", fr: "attendu : \(name.fr)")]
    }
  }

  private func memberFaults(
    _ properties: [Property], _ members: [String: JSON], _ path: String
  ) -> [FieldProblem] {
    var faults: [FieldProblem] = []
    for property in properties {
      let place = joined(path, property.name)
      switch members[property.name] {
      case nil, .null?:
        if property.required {
          faults.append(FieldProblem(place, en: "is required", fr: "est obligatoire"))
        }
      case let value?:
        faults += property.schema.faults(in: value, at: place)
      }
    }
    // The members there are need no more than one look each.
    let isKnown = { (name: String) in properties.contains { $0.name == name } }
    for name in members.keys.sorted() where !isKnown(name) {
      let list = properties.map(\.name).joined(separator: ", ")
      faults.append(
        FieldProblem(
          joined(path, name), en: "is not a field here; the fields are: \(list)",
          fr: "n’est pas un champ ici ; les champs sont : \(list)"))
    }
    return faults
  }

  /// What the schema wants, for people.
  public var name: Words {
    switch kind {
    case .any: Words(en: "a value", fr: "une valeur")
    case .bool: Words(en: "true or false", fr: "true ou false")
    case .integer: Words(en: "a whole number", fr: "un nombre entier")
    case .number: Words(en: "a number", fr: "un nombre")
    case .string: Words(en: "a text", fr: "un texte")
    case .choice: Words(en: "one of the choices, as a text", fr: "un des choix, en texte")
    case .array: Words(en: "a list", fr: "une liste")
    case .map, .object: Words(en: "an object", fr: "un objet")
    }
  }
}

private func rangeFaults(
  _ number: Double, _ minimum: Double?, _ maximum: Double?, _ path: String
) -> [FieldProblem] {
  if let minimum, number < minimum {
    let limit = shown(minimum)
    return [FieldProblem(path, en: "must be at least \(limit)", fr: "doit être au moins \(limit)")]
  }
  if let maximum, number > maximum {
    let limit = shown(maximum)
    return [FieldProblem(path, en: "must be at most \(limit)", fr: "doit être au plus \(limit)")]
  }
  return []
}

private func lengthFaults(
  _ text: String, _ minimum: Int?, _ maximum: Int?, _ path: String
) -> [FieldProblem] {
  guard let length = trimmedText(text)?.count else {
    return [
      FieldProblem(path, en: "holds control characters", fr: "contient des caractères de contrôle")
    ]
  }
  if let minimum, length < minimum {
    return length == 0
      ? [FieldProblem(path, en: "must not be empty", fr: "ne doit pas être vide")]
      : [
        FieldProblem(
          path, en: "needs at least \(minimum) characters",
          fr: "demande au moins \(minimum) caractères")
      ]
  }
  if let maximum, length > maximum {
    return [
      FieldProblem(
        path, en: "has \(length) characters; at most \(maximum) fit",
        fr: "a \(length) caractères ; \(maximum) au plus")
    ]
  }
  return []
}

private func shown(_ number: Double) -> String {
  Int64(exactly: number).map(String.init) ?? String(number)
}

func joined(_ path: String, _ name: String) -> String { path.isEmpty ? name : path + "." + name }
