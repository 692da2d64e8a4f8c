/// A use case that no list names is compiled, and silently absent.
extension Rules {
  /// Every use case is in a list of its file, and every list is in the `endpoints` of its module.
  func forgottenUseCases() -> [String] {
    let sources = files.filter { !$0.path.contains("/Tests/") }
    let byModule = Dictionary(grouping: sources) { module(of: $0) }
    return byModule.values.flatMap { files -> [String] in
      let lists = files.flatMap { file in self.lists(in: file.text).map { (file.path, $0) } }
      let joined = Set(lists.flatMap { $0.1.names })
      let unlisted = files.flatMap { file -> [String] in
        let listed = Set(self.lists(in: file.text).flatMap(\.names))
        return useCases(in: file.text).filter { !listed.contains($0) }.map {
          "\(file.path) declares the use case \($0) and has it in no list"
        }
      }
      let unjoined = lists.filter { $0.1.name != "endpoints" && !joined.contains($0.1.name) }.map {
        "\($0.0) has the list \($0.1.name), which its module’s endpoints leave out"
      }
      return unlisted + unjoined
    }
  }

  /// `Modules/Matching`; for the app, the folder.
  private func module(of file: SourceFile) -> String {
    let parts = file.path.split(separator: "/")
    return (parts.first == "Modules" ? parts.prefix(2) : parts.dropLast()[...])
      .joined(separator: "/")
  }

  private func useCases(in text: String) -> [String] {
    text.matches(of: /var (\w+): (?:UseCase<|Endpoint \{\s*\.(?:command|query)\()/).map {
      String($0.1)
    }
  }

  private func lists(in text: String) -> [(name: String, names: [String])] {
    text.matches(of: /var (\w+): \[Endpoint\] \{([^}]*)\}/).map { match in
      let words = match.2.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
      return (String(match.1), words)
    }
  }
}
