public import Kernel
internal import KernelTesting
public import ProgrammesAPI

/// Programmes as a test wants them: answers what it was given, and fails for anything else.
public struct FakeProgrammes: ProgrammesAPI {
  public var known: [Edition] = []
  public var days: [EditionID: [HalfDay]] = [:]
  public var offered: Catalogue?

  public init(
    editions: [Edition] = [], days: [EditionID: [HalfDay]] = [:], catalogue: Catalogue? = nil
  ) {
    known = editions
    self.days = days
    offered = catalogue
  }

  public func edition(_ id: EditionID) async throws -> Edition {
    guard let edition = known.first(where: { $0.id == id }) else {
      throw UnexpectedCall("ProgrammesAPI.edition(\(id))")
    }
    return edition
  }
  public func editions() async throws -> [Edition] {
    known.sorted { ($0.starts, $0.id) > ($1.starts, $1.id) }
  }
  public func halfDays(of edition: EditionID) async throws -> [HalfDay] {
    guard let days = days[edition] else {
      throw UnexpectedCall("ProgrammesAPI.halfDays(of: \(edition))")
    }
    return days
  }
  public func catalogue() async throws -> Catalogue {
    guard let offered else { throw UnexpectedCall("ProgrammesAPI.catalogue") }
    return offered
  }
}
