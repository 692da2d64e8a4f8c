internal import Kernel

/// Finds the use case behind a method and a path. One table serves HTTP and `parvis api`.
struct RouteTable: Sendable {
  enum Match: Sendable {
    /// The use case, and the parts of the path that are fields of its input.
    case found(Endpoint, [String: String])
    /// The path is known, but answers to other methods.
    case otherMethods([String])
    case nothing
  }

  private struct Node: Sendable {
    var literals: [String: Node] = [:]
    /// The branch for a part in braces; none or one.
    var field: [Node] = []
    var endpoints: [Endpoint] = []
  }

  private var root = Node()

  init(_ endpoints: [Endpoint]) {
    for endpoint in endpoints {
      Self.insert(endpoint, endpoint.path.split(separator: "/")[...], into: &root)
    }
  }

  private static func insert(
    _ endpoint: Endpoint, _ parts: ArraySlice<Substring>, into node: inout Node
  ) {
    guard let part = parts.first else {
      node.endpoints.append(endpoint)
      return
    }
    if part.hasPrefix("{") {
      if node.field.isEmpty { node.field = [Node()] }
      insert(endpoint, parts.dropFirst(), into: &node.field[0])
    } else {
      insert(endpoint, parts.dropFirst(), into: &node.literals[String(part), default: Node()])
    }
  }

  /// `parts` are the decoded segments below `/v1`.
  func match(_ method: String, _ parts: [String]) -> Match {
    var others: [Endpoint] = []
    var values: [String] = []
    if let found = Self.find(method, parts[...], root, &values, &others) {
      let pairs = zip(found.pathFields, values)
      return .found(found, Dictionary(pairs.map { ($0, $1) }) { first, _ in first })
    }
    return others.isEmpty ? .nothing : .otherMethods(Set(others.map(\.method.rawValue)).sorted())
  }

  private static func find(
    _ method: String, _ parts: ArraySlice<String>, _ node: Node, _ values: inout [String],
    _ others: inout [Endpoint]
  ) -> Endpoint? {
    guard let part = parts.first else {
      if let endpoint = node.endpoints.first(where: { $0.method.rawValue == method }) {
        return endpoint
      }
      others += node.endpoints
      return nil
    }
    if let next = node.literals[part],
      let found = find(method, parts.dropFirst(), next, &values, &others)
    {
      return found
    }
    guard let next = node.field.first, !part.isEmpty else { return nil }
    values.append(part)
    if let found = find(method, parts.dropFirst(), next, &values, &others) { return found }
    values.removeLast()
    return nil
  }
}
