/// A source file of a module, of the app or of what they stand on.
public struct SourceFile: Sendable {
  /// `Modules/Matching/Sources/Runs.swift`.
  public let path: String
  public let text: String

  public init(path: String, text: String) {
    self.path = path
    self.text = text
  }
}

/// The rules that keep modules apart, beyond what the compiler checks. See docs/architecture.md.
public struct Rules: Sendable {
  public let manifest: Manifest
  /// The folders of `Modules/`.
  public let folders: [String]
  public let files: [SourceFile]

  public init(manifest: Manifest, folders: [String], files: [SourceFile]) {
    self.manifest = manifest
    self.folders = folders
    self.files = files
  }

  /// Every offence, in words; empty when all is well.
  public func offences() -> [String] {
    (missingRows() + strayDependencies() + cycles() + strayTables() + strayCalls()
      + forgottenUseCases() + undocumented()).sorted()
  }

  private var modules: [String] {
    manifest.targets.map(\.name).filter { manifest.target($0 + "API") != nil }
  }

  /// Every folder has its four targets, and every module its folder.
  private func missingRows() -> [String] {
    let rowless = folders.flatMap { folder in
      ["", "API", "Fakes", "Tests"].filter { manifest.target(folder + $0) == nil }.map {
        "Modules/\(folder) has no target \(folder)\($0): add its row to Package.swift"
      }
    }
    let homeless = modules.filter { !folders.contains($0) }.map {
      "the module \($0) of Package.swift has no folder in Modules/"
    }
    return rowless + homeless
  }

  /// Each layer depends only on what it may.
  private func strayDependencies() -> [String] {
    manifest.targets.flatMap { target in
      target.dependencies.filter { !mayDepend(target.name, on: $0) }.map {
        "\(target.name) must not depend on \($0)"
      }
    }
  }

  private func mayDepend(_ target: String, on other: String) -> Bool {
    let isContract = modules.contains { $0 + "API" == other }
    switch target {
    case "Kernel", "MatchingEngine", "Boundaries": return false
    case "Pages": return other == "Kernel"
    case "SQLite": return ["Kernel", "GRDB", "GRDBSQLite"].contains(other)
    case "Postgres": return ["Kernel", "CLibPQ"].contains(other)
    case "CLibPQ": return false
    // What carries letters knows nothing of them.
    case "SMTP": return ["NIOCore", "NIOPosix", "NIOSSL"].contains(other)
    case "DKIM": return ["Crypto", "CryptoExtras"].contains(other)
    case "KernelTesting": return ["Kernel", "SQLite", "Postgres"].contains(other)
    case _ where modules.contains(target):
      return ["Kernel", "Pages"].contains(other) || isContract
        || (target == "Matching" && other == "MatchingEngine")
        // Hashes, signatures and random secrets are not to be written by hand.
        || (target == "Accounts" && other == "Crypto")
    case _ where modules.contains { $0 + "API" == target }:
      return other == "Kernel" || isContract
    case _ where modules.contains { $0 + "Fakes" == target }:
      return ["Kernel", "KernelTesting"].contains(other) || isContract
    case _ where modules.contains { $0 + "Tests" == target }:
      let own = String(target.dropLast(5))
      return ["Kernel", "Pages", "KernelTesting", "SQLite", "MatchingEngine", own].contains(other)
        || (own == "Accounts" && other == "Crypto") || isContract
        || modules.contains { $0 + "Fakes" == other }
    default:
      // The app joins everything; the whole-product tests look at everything.
      return true
    }
  }

  /// No contract reaches itself through others.
  private func cycles() -> [String] {
    var offences: [String] = []
    for module in modules {
      var seen: Set<String> = []
      var open = manifest.target(module + "API")?.dependencies ?? []
      while let next = open.popLast() {
        guard seen.insert(next).inserted else { continue }
        open += manifest.target(next)?.dependencies ?? []
      }
      if seen.contains(module + "API") {
        offences.append("the contract \(module)API depends on itself through others")
      }
    }
    return offences
  }

  /// A module reads and writes its own tables only.
  private func strayTables() -> [String] {
    files.flatMap { file -> [String] in
      guard let owner = owner(of: file) else { return [] }
      let others = folders.map { $0.lowercased() }.filter { $0 != owner.lowercased() } + ["kernel"]
      return tables(in: file.text).filter { table in
        others.contains { table.hasPrefix($0 + "_") }
      }.map { "\(file.path) touches the table \($0), which is not \(owner)’s" }
    }
  }

  private func tables(in text: String) -> [String] {
    let words = text.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
    let verbs: Set<String> = ["FROM", "INTO", "UPDATE", "TABLE", "JOIN", "REFERENCES", "ON"]
    return zip(words, words.dropFirst()).filter { verbs.contains($0) && $1.contains("_") }.map(\.1)
  }

  /// Time, identifiers and chance come from the kernel.
  private func strayCalls() -> [String] {
    let forbidden = ["Date()", "Date.now", "UUID()", ".random(in:", "SystemRandomNumberGenerator"]
    return files.flatMap { file -> [String] in
      guard owner(of: file) != nil else { return [] }
      return forbidden.filter { file.text.contains($0) }.map {
        "\(file.path) uses \($0): take time, identifiers and chance from the transaction"
      }
    }
  }

  private func owner(of file: SourceFile) -> String? {
    let parts = file.path.split(separator: "/")
    guard parts.count >= 4, parts[0] == "Modules", parts[2] == "Sources" || parts[2] == "API" else {
      return nil
    }
    return String(parts[1])
  }
}
