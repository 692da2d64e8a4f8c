internal import Foundation
internal import Kernel
internal import MatchingEngine

extension LocalVerb {
  /// `parvis matching solve FILE`: the engine alone, on the bench's file format; no data directory.
  static let matchingSolve = LocalVerb(
    module: "matching", verb: "solve",
    summary: Words(
      en: "Solve an instance file; needs no data directory",
      fr: "Résoudre un fichier d’instance ; sans dossier de données")
  ) { words, settings in
    let order = try SolveOrder(words)
    guard !order.wantsHelp else {
      Console(settings).line(SolveOrder.help)
      return
    }
    // An answer may take an hour: that it cannot be kept is better known before.
    if let path = order.assignment {
      try requireWritable(path)
      try requireOther(path, than: order.file)
    }
    let report = try order.solved(settings.language)
    if let path = order.assignment {
      do {
        try WholeFile.write(report.assignmentText.utf8, to: path)
      } catch {
        throw Problem.cannotCreate(path, because: "\(error)")
      }
    }
    if settings.json {
      Console(settings).line(report.json)
    } else {
      Console(settings).show(try JSON(parsing: report.json), as: SolveOrder.shape)
    }
  }
}

/// Throws a `Problem` where no file can be written; creates and changes nothing.
private func requireWritable(_ path: String) throws {
  let files = FileManager.default
  var isFolder: ObjCBool = false
  let isThere = files.fileExists(atPath: path, isDirectory: &isFolder)
  if isThere, isFolder.boolValue { throw Problem.cannotCreate(path, because: "it is a folder") }
  let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
  guard files.isWritableFile(atPath: isThere ? path : folder) else {
    throw Problem.cannotCreate(path, because: String(cString: strerror(errno)))
  }
}

/// Throws a `Problem` where the answer would take the place of what it is the answer to.
private func requireOther(_ path: String, than input: String) throws {
  func place(_ path: String) -> String {
    URL(fileURLWithPath: path).resolvingSymlinksInPath().standardizedFileURL.path
  }
  func isSame(_ a: String, _ b: String) -> Bool {
    var (first, second) = (stat(), stat())
    guard stat(a, &first) == 0, stat(b, &second) == 0 else { return false }
    return first.st_dev == second.st_dev && first.st_ino == second.st_ino
  }
  let input = input == "-" ? "/dev/stdin" : input
  guard place(path) == place(input) || isSame(path, input) else { return }
  throw Problem.usage(
    en: "--assignment would overwrite the instance “\(path)” itself.",
    fr: "--assignment écraserait l’instance « \(path) » elle-même.")
}

/// What `parvis matching solve` and `compare` are asked about a file.
struct SolveOrder {
  var file = ""
  var variant = InstanceVariant.plain
  var strategy = Strategies.names.first ?? "optimal"
  var options = SolveOptions()
  var assignment: String?
  var wantsHelp = false

  static let help = """
    USAGE: parvis matching solve FILE [--variant plain|constrained] [--strategy \(
      Strategies.names.joined(separator: "|"))]
      [--time-limit SECONDS] [--cpu-limit SECONDS] [--threads N] [--assignment OUT] [--json]

    Reads an instance file (- for standard input), finds the best teams and says what was proved of
    them. OUT gets one `volunteer role` pair a line. Ctrl-C stops with the best so far and its bound.
    --time-limit counts seconds on the wall, --cpu-limit seconds of work. --threads is how many work on the
    plain variant of 20,000 volunteers and more; everything else is worked out by one.
    """

  /// The order in which the figures are shown.
  static let shape = JSONSchema(
    .object(
      [
        "status", "filled", "affinity", "penalties", "points", "missionsWithoutSeeker",
        "boundFilled", "bound", "seatGap", "gap", "strategy", "variant", "stoppedEarly",
        "stoppedAfterSeconds", "stoppedAfterCPUSeconds", "buildSeconds", "solveSeconds",
        "buildCPUSeconds", "solveCPUSeconds", "peakMiB",
      ].map { JSONSchema.Property(name: $0, schema: .any, required: false) }))

  init(_ words: [String], verb: String = "solve") throws {
    var rest = words[...]
    while let word = rest.popFirst() {
      let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
      func value() throws -> String {
        if parts.count == 2 { return parts[1] }
        guard let next = rest.popFirst() else {
          throw Problem.usage(en: "\(word) needs a value.", fr: "\(word) demande une valeur.")
        }
        return next
      }
      switch parts[0] {
      case "--help", "-h": wantsHelp = true
      case "--json": break
      case "--lang": _ = try value()
      case "--variant":
        variant = try Self.read(
          parts[0], value(), Words("plain, constrained"), InstanceVariant.init)
      case "--strategy" where verb == "solve":
        let names = Strategies.names.joined(separator: ", ")
        strategy = try Self.read(parts[0], value(), Words(names)) {
          Strategies.named($0) == nil ? nil : $0
        }
      case "--time-limit":
        options.timeLimit = try Self.seconds(parts[0], value())
      case "--cpu-limit":
        options.cpuLimit = try Self.seconds(parts[0], value())
      case "--threads":
        options.threads = try Self.read(parts[0], value(), Words("1–256")) {
          Int($0).flatMap { (1...256).contains($0) ? $0 : nil }
        }
      case "--assignment" where verb == "solve": assignment = try value()
      default:
        guard word == "-" || !word.hasPrefix("-"), file.isEmpty else {
          let near = nearest(
            to: parts[0],
            in: ["--variant", "--time-limit", "--cpu-limit", "--threads", "--json"]
              + (verb == "solve" ? ["--strategy", "--assignment"] : []))
          throw Problem.usage(
            en: "“\(word)” has no place here." + (near.map { " Did you mean \($0)?" } ?? ""),
            fr: "« \(word) » n’a pas sa place ici."
              + (near.map { " Vouliez-vous dire \($0) ?" } ?? ""),
            adviceEn: "parvis matching \(verb) --help")
        }
        file = word
      }
    }
    guard wantsHelp || !file.isEmpty else {
      throw Problem.usage(
        en: "FILE is missing.", fr: "Il manque FICHIER.", adviceEn: "parvis matching \(verb) --help"
      )
    }
  }

  private static func seconds(_ option: String, _ text: String) throws -> Double {
    // Said outright: an optional on the left would make nothing a value that can be read.
    let seconds: Double = try read(
      option, text, Words(en: "seconds, more than 0", fr: "en secondes, plus de 0")
    ) { text in
      guard let seconds = Double(text), seconds > 0, seconds.isFinite else { return nil }
      return seconds
    }
    return seconds
  }

  private static func read<T>(
    _ option: String, _ text: String, _ expected: Words, _ make: (String) -> T?
  ) throws -> T {
    guard let value = make(text) else {
      throw Problem.usage(
        en: "\(option) is: \(expected.en); not “\(text)”.",
        fr: "\(option) vaut : \(expected.fr) ; pas « \(text) ».")
    }
    return value
  }

  func solved(_ language: Language) throws -> SolveReport {
    try reading(language) { text, line in
      try SolveReport.make(
        text: text, variant: variant, strategy: strategy, options: options
      ) { progress in
        line.show(SolveLine.State(progress, language))
        return !Interrupt.isAsked
      }
    }
  }

  /// What comes out of the pipe, if it can be read. Its first line is looked at before the rest is read,
  /// which may have no end.
  private func read(_ handle: FileHandle) throws -> Data? {
    var data = Data()
    while data.count < InstanceText.headLength {
      guard let more = try? handle.read(upToCount: InstanceText.headLength - data.count) else {
        return nil
      }
      if more.isEmpty { break }
      data += more
    }
    if let phrase = InstanceText.flaw(ofFirstLine: data) {
      throw InstanceTextError(line: 1, phrase)
    }
    guard let rest = try? handle.readToEnd() ?? Data() else { return nil }
    return data + rest
  }

  /// What is in the file. A pipe has no length and cannot be mapped: it is read to its end.
  private func contents() throws -> Data {
    let path = file == "-" ? "/dev/stdin" : file
    let kind = try? FileManager.default.attributesOfItem(
      atPath: URL(fileURLWithPath: path).resolvingSymlinksInPath().path)[.type]
    if kind as? FileAttributeType == .typeRegular,
      let data = try? Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe)
    {
      return data
    }
    if let handle = FileHandle(forReadingAtPath: path), let data = try read(handle) { return data }
    throw Problem(
      "not-found", status: 404, title: Words(en: "Not found", fr: "Introuvable"),
      detail: Words(
        en: "There is no readable file “\(file)”.",
        fr: "Il n’y a pas de fichier lisible « \(file) »."),
      advice: Words(
        en: "Check the path, and whether you may read it.",
        fr: "Vérifiez le chemin, et que vous pouvez le lire."))
  }

  /// The file in the hands of `work`, which Ctrl-C stops. Throws a `Problem`.
  func reading<T>(
    _ language: Language, _ work: (UnsafeRawBufferPointer, SolveLine) throws -> T
  ) throws -> T {
    do {
      let data = try contents()
      Interrupt.listen()
      let line = SolveLine(language)
      defer { line.end() }
      return try data.withUnsafeBytes { try work($0, line) }
    } catch let error as InstanceTextError {
      throw refusal { error.description(in: $0) }
    } catch let error as InstanceError {
      throw refusal { error.description(in: $0) }
    } catch let error as SolveError {
      throw refusal { error.description(in: $0) }
    }
  }

  private func refusal(_ words: (ExplanationLanguage) -> String) -> Problem {
    Problem.invalid(file, en: words(.english), fr: words(.french))
  }
}

extension SolveLine.State {
  init(_ progress: SolveProgress, _ language: Language, title: String? = nil) {
    let phase = progress.phase.words[language]
    self.init(
      permille: Int(progress.fraction * 1000), phase: title.map { "\($0), \(phase)" } ?? phase,
      best: progress.best.map { (Int64($0.filled), $0.points) },
      bound: progress.bound.map { (Int64($0.filled), $0.points) })
  }
}

extension SolveProgress.Phase {
  /// What the engine is doing.
  var words: Words {
    switch self {
    case .preparing: Words(en: "preparing", fr: "préparation")
    case .bidding: Words(en: "bidding for seats", fr: "enchères sur les places")
    case .pricing: Words(en: "pricing the rules", fr: "prix des règles")
    case .repairing: Words(en: "repairing teams", fr: "réparation des équipes")
    case .improving: Words(en: "improving teams", fr: "amélioration des équipes")
    case .proving: Words(en: "proving", fr: "preuve")
    case .done: Words(en: "done", fr: "terminé")
    }
  }
}
