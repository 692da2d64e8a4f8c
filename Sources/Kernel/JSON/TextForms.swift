import Synchronization

/// Tells the types that are one text in JSON, so that they are written without an encoder of their own.
/// Which they are is found out once for each.
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
  func text(at place: UnsafeRawPointer) -> String
}

private let knownForms = Mutex<[ObjectIdentifier: (any TextForm)?]>([:])

private func textForm<T>(of type: T.Type) -> (any TextForm)? {
  func single<V: SingleTextValue>(_ type: V.Type) -> any TextForm { SingleTextForm<V>() }
  func choice<R: RawRepresentable>(_ type: R.Type) -> (any TextForm)? {
    R.RawValue.self == String.self ? ChoiceForm<R>() : nil
  }
  if let type = type as? any SingleTextValue.Type { return single(type) }
  if let type = type as? any RawRepresentable.Type { return choice(type) }
  return nil
}

private struct SingleTextForm<V: SingleTextValue>: TextForm {
  func text(at place: UnsafeRawPointer) -> String {
    place.assumingMemoryBound(to: V.self).pointee.description
  }
}

/// Of enums of texts only.
private struct ChoiceForm<R: RawRepresentable>: TextForm {
  func text(at place: UnsafeRawPointer) -> String {
    unsafeBitCast(place.assumingMemoryBound(to: R.self).pointee.rawValue, to: String.self)
  }
}
