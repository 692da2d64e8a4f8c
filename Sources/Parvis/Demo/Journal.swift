internal import Foundation
internal import Kernel

/// What a play has done so far, one line an act, beside the data it acts on. A play that died goes
/// through the same acts again: those on record are answered from here and change nothing. An act
/// whose line was lost has its idempotency key in the database.
final class Journal {
  private struct Line: Codable {
    let act: String
    let answer: JSON
  }

  private let file: FileHandle
  private var known: [Line] = []
  private var position = 0

  /// Opens the journal, or begins one. A last line that was cut short is dropped. Throws a `Problem`.
  init(path: String) throws {
    guard (try? WholeFile.touch(path)) != nil, Self.isRegular(path),
      let handle = FileHandle(forUpdatingAtPath: path)
    else {
      throw StorageError.readOnly.problem
    }
    file = handle
    let data = try handle.readToEnd() ?? Data()
    var whole = 0
    for line in data.split(separator: UInt8(ascii: "\n")) {
      guard line.endIndex < data.endIndex,
        let read = try? JSONDecoder().decode(Line.self, from: line)
      else { break }
      known.append(read)
      whole = line.endIndex + 1
    }
    try file.truncate(atOffset: UInt64(whole))
    try file.seekToEnd()
  }

  /// A journal is read again and cut where it broke off: only a file of its own can be that.
  private static func isRegular(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// Whether the next act was done by an earlier run of the play.
  var isReplaying: Bool { position < known.count }

  /// Throws a `Problem` when what is on record did not begin with this act.
  func expectBeginning(_ act: String) throws {
    if let first = known.first, first.act != act { throw otherPlay(first.act, act) }
  }

  /// The answer of the next act: from the record, or from doing it now. Throws what `body` throws,
  /// or a `Problem` when the record is of another play.
  func once(_ act: String, _ body: () async throws -> JSON) async throws -> JSON {
    defer { position += 1 }
    if isReplaying {
      guard known[position].act == act else { throw otherPlay(known[position].act, act) }
      return known[position].answer
    }
    let answer = try await body()
    try file.write(contentsOf: JSON.data(of: Line(act: act, answer: answer)) + [UInt8(ascii: "\n")])
    return answer
  }

  private func otherPlay(_ found: String, _ expected: String) -> Problem {
    Problem(
      "demo/other-play", status: 409,
      title: Words(en: "Another play", fr: "Une autre représentation"),
      detail: Words(
        en:
          "The folder holds a play that went on with “\(found)” where this one has “\(expected)”.",
        fr:
          "Le dossier contient une représentation qui suit « \(found) » au lieu de « \(expected) »."
      ),
      advice: Words(
        en: "Start again with --fresh, or use the version and seeds it was begun with.",
        fr: "Recommencez avec --fresh, ou reprenez la version et les données de départ."))
  }
}
