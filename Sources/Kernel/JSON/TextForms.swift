import Synchronization

/// Tells the types that are one text in JSON, or JSON that is written already, so that they are written
/// without an encoder of their own. Which they are is found out once for each.
struct TextForms {
  private var known: [ObjectIdentifier: (any TextForm)?]

  init() { known = knownForms.withLock { $0 } }

  /// How values of a type are written as one text; nil where they are anything else.
  mutating func form<T>(of type: T.Type) -> (any TextForm)? {
    let identity = ObjectIdentifier(type)
    if let form = known[identity] { return form }
    let form = textForm(of: type)
    known[identity] = .some(form)
    knownForms.withLock { $0[identity] = .some(form) }
    return form
  }
}

/// Reads values of one type, which only it knows, out of memory.
protocol TextForm: Sendable {
  func text(at place: UnsafeRawPointer) -> WrittenText?
}

/// What a value is in JSON: a text, or JSON that is written already.
enum WrittenText {
  case plain(String)
  case json(String)
}

private let knownForms = Mutex<[ObjectIdentifier: (any TextForm)?]>([:])

private func textForm<T>(of type: T.Type) -> (any TextForm)? {
  func single<V: SingleTextValue>(_ type: V.Type) -> any TextForm { SingleTextForm<V>() }
  func choice<R: RawRepresentable>(_ type: R.Type) -> (any TextForm)? {
    R.RawValue.self == String.self ? ChoiceForm<R>() : nil
  }
  if let type = type as? any SingleTextValue.Type { return single(type) }
  func stored<S: AnyStoredJSON>(_ type: S.Type) -> any TextForm { StoredForm<S>() }
  if let type = type as? any RawRepresentable.Type { return choice(type) }
  if let type = type as? any AnyStoredJSON.Type { return stored(type) }
  return nil
}

/// Nothing once it has been read: then it is written like any value.
private struct StoredForm<S: AnyStoredJSON>: TextForm {
  func text(at place: UnsafeRawPointer) -> WrittenText? {
    place.assumingMemoryBound(to: S.self).pointee.text.map { .json($0) }
  }
}

private struct SingleTextForm<V: SingleTextValue>: TextForm {
  func text(at place: UnsafeRawPointer) -> WrittenText? {
    .plain(place.assumingMemoryBound(to: V.self).pointee.description)
  }
}

/// Of enums of texts only.
private struct ChoiceForm<R: RawRepresentable>: TextForm {
  func text(at place: UnsafeRawPointer) -> WrittenText? {
    .plain(unsafeBitCast(place.assumingMemoryBound(to: R.self).pointee.rawValue, to: String.self))
  }
}
