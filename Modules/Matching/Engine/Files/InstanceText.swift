/// The text format `matching-instance 1` of the benchmark: a first line, then a stream of whole
/// numbers separated by spaces and line feeds.
///
///     matching-instance 1
///     V M R E C P cap penalty
///     mission seats                              R times, by role
///     capacity company seeker k r1 w1 … rk wk    V times, by volunteer
///     volunteer role                             P times, the pins
///
/// `docs/matching.md` describes every field.
public enum InstanceText {
  /// The first line of a file, without its line feed.
  public static let header = "matching-instance 1"

  /// The largest number of missions or companies a file may announce: unlike the other counts, the
  /// length of the file does not bound them.
  static let unwrittenLimit = 2_000_000

  /// Reads a file. Throws `InstanceTextError` with the line and the reason when it is damaged.
  public static func parse(_ bytes: [UInt8]) throws(InstanceTextError) -> Instance {
    try fields(of: bytes).instance()
  }

  /// Reads a file that lies somewhere in memory, mapped or not. Throws as `parse` does.
  public static func parse(_ bytes: UnsafeRawBufferPointer) throws(InstanceTextError) -> Instance {
    try fields(of: bytes).instance()
  }

  /// The numbers of a file in flat arrays, not yet checked against each other.
  static func fields(of bytes: [UInt8]) throws(InstanceTextError) -> InstanceTextFields {
    let result = bytes.withUnsafeBytes { raw -> Result<InstanceTextFields, InstanceTextError> in
      do throws(InstanceTextError) { return .success(try fields(of: raw)) } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  static func fields(of bytes: UnsafeRawBufferPointer) throws(InstanceTextError)
    -> InstanceTextFields
  {
    try bytes.withMemoryRebound(to: UInt8.self) { text throws(InstanceTextError) in
      do throws(InstanceTextFlaw) {
        var reader = InstanceTextReader(text)
        return try reader.fields()
      } catch {
        throw InstanceTextDiagnosis(text).error(for: error)
      }
    }
  }

  /// Writes an instance. Throws `InstanceTextError` when it has rules that the format has no place
  /// for (forbidden pairs, team sizes, priorities, a previous answer). No company cap is written
  /// as one that nobody can reach.
  public static func render(_ instance: Instance) throws(InstanceTextError) -> [UInt8] {
    try InstanceTextWriter.bytes(of: instance)
  }
}

/// Why a file was refused: the line, counted from 1, and what is wrong there.
public struct InstanceTextError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Nil when no single line is to blame.
  public let line: Int?
  /// What is wrong, in both languages.
  public let phrase: Phrase

  public init(line: Int?, _ phrase: Phrase) {
    self.line = line
    self.phrase = phrase
  }

  /// What is wrong, in English.
  public var reason: String { phrase.english }

  public var description: String { description(in: .english) }

  /// The line and what is wrong there.
  public func description(in language: ExplanationLanguage) -> String {
    let reason = phrase.text(in: language)
    guard let line else { return reason }
    return language == .french ? "ligne \(line) : \(reason)" : "line \(line): \(reason)"
  }
}

/// The numbers of a file: checked one by one, not yet as a whole.
struct InstanceTextFields {
  var missionCount = 0
  var companyCount = 0
  var roleMission: [Int32] = []
  var roleSeats: [Int32] = []
  var capacity: [Int32] = []
  var company: [Int32] = []
  var seeker: [Bool] = []
  var edgeStart: [Int32] = [0]
  var edgeRole: [Int32] = []
  var edgeWeight: [Int32] = []
  var rules = Rules()
  /// The line of each pin.
  var pinLines: [Int] = []

  consuming func instance() throws(InstanceTextError) -> Instance {
    let pins = rules.pins
    let pinLines = pinLines
    do throws(InstanceError) {
      return try Instance(
        missionCount: missionCount, companyCount: companyCount, roleMission: roleMission,
        roleSeats: roleSeats, capacity: capacity, company: company, seeker: seeker,
        edgeStart: edgeStart, edgeRole: edgeRole, edgeWeight: edgeWeight, rules: rules)
    } catch {
      var line: Int?
      if case .contradictoryLocks(let locks) = error.kind, let last = locks.last {
        line = pins.lastIndex(of: last).map { pinLines[$0] }
      }
      throw InstanceTextError(
        line: line,
        Phrase(
          french: error.description(in: .french), english: error.description(in: .english)))
    }
  }
}
