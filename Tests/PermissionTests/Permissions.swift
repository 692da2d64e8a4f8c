import Foundation
import Kernel

/// Who may call what at all, as the modules state it, each in the file beside it: a second hand, so that
/// nobody widens a use case without seeing it in the review.
struct Permissions {
  /// `missions.log-hours  staff volunteer`, and the comment above it.
  struct Line {
    let id: String
    var roles: Set<Role>
    var comment: [Substring] = []
  }
  struct File {
    let path: URL
    var heading: [Substring] = []
    var lines: [Line] = []
  }

  var files: [File]

  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Reads `permissions.txt` of each module and of the app. Throws when one cannot be read.
  init() throws {
    let modules = try FileManager.default.contentsOfDirectory(
      at: Self.root.appending(path: "Modules"), includingPropertiesForKeys: nil)
    let places = modules + [Self.root.appending(path: "Sources/Parvis")]
    files = try places.map { $0.appending(path: "permissions.txt") }
      .filter { FileManager.default.fileExists(atPath: $0.path) }
      .sorted { $0.path < $1.path }.map(File.init(reading:))
  }

  var lines: [Line] { files.flatMap(\.lines) }

  /// Puts what the code says into the file of whoever says it, and takes out what is gone.
  mutating func record(_ endpoints: [Endpoint]) throws {
    let known = Set(endpoints.map(\.id))
    for index in files.indices { files[index].lines.removeAll { !known.contains($0.id) } }
    for endpoint in endpoints {
      let index = files.firstIndex { file in
        file.lines.contains { $0.id.hasPrefix(endpoint.module + ".") }
      }
      guard let index else {
        let folder = endpoint.module.prefix(1).uppercased() + endpoint.module.dropFirst()
        let path = Self.root.appending(path: "Modules/\(folder)/permissions.txt")
        files.append(File(path: path, lines: [Line(id: endpoint.id, roles: endpoint.callers)]))
        continue
      }
      if let line = files[index].lines.firstIndex(where: { $0.id == endpoint.id }) {
        files[index].lines[line].roles = endpoint.callers
      } else {
        files[index].lines.append(Line(id: endpoint.id, roles: endpoint.callers))
      }
    }
    for file in files {
      try Data(file.text.utf8).write(to: file.path, options: .atomic)
    }
  }
}

extension Permissions.File {
  init(reading path: URL) throws {
    self.init(path: path)
    var comment: [Substring] = []
    let text = try String(contentsOf: path, encoding: .utf8)
    for line in text.split(separator: "\n") {
      guard !line.hasPrefix("#") else {
        comment.append(line)
        continue
      }
      if lines.isEmpty {
        heading = Array(comment.prefix(2))
        comment = Array(comment.dropFirst(2))
      }
      let words = line.split(separator: " ")
      lines.append(
        .init(
          id: String(words[0]), roles: roles(words.dropFirst().map(String.init)), comment: comment))
      comment = []
    }
  }

  var text: String {
    let width = lines.map(\.id.count).max() ?? 0
    let body = lines.sorted { $0.id < $1.id }.flatMap { line -> [String] in
      let pad = String(repeating: " ", count: width - line.id.count + 2)
      return line.comment.map(String.init) + [line.id + pad + words(for: line.roles)]
    }
    return (heading.map(String.init) + body).joined(separator: "\n") + "\n"
  }
}

private let groups: [(String, Set<Role>)] = [
  ("everyone", .everyone), ("signedIn", .signedIn), ("staff", .staff),
]

/// The roles that words stand for. A word that stands for none makes a difference that is found.
private func roles(_ words: [String]) -> Set<Role> {
  words.reduce(into: Set<Role>()) { roles, word in
    if let group = groups.first(where: { $0.0 == word }) {
      roles.formUnion(group.1)
    } else if let role = Role(rawValue: word) {
      roles.insert(role)
    } else {
      roles.insert(.system)
    }
  }
}

/// The shortest words for roles: `staff volunteer`.
func words(for roles: Set<Role>) -> String {
  var left = roles
  var words: [String] = []
  for (word, group) in groups where group.isSubset(of: left) {
    words.append(word)
    left.subtract(group)
  }
  return (words + Role.allCases.filter(left.contains).map(\.rawValue)).joined(separator: " ")
}
